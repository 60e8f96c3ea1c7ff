using KretPool.Host;

return HostProgram.Run(args);
