namespace KretPool.Tests.Topology;

/// <summary>Does to the files of a machine what torn copies, odd kernels and faulty disks do.</summary>
internal static class MachineDamage
{
    /// <summary>A copy that is damaged one to four times: a file cut, emptied, filled with junk, removed, made a directory
    /// or a link in a circle, or a folder made such a link.</summary>
    public static FakeMachine Damage(FakeMachine original, Random random)
    {
        var machine = original.Copy();
        // Files that many facts hang on are hit as often as the thousands of small ones.
        string[] important = [.. original.Files.Keys.Where(path => path.Split('/').Length <= 5)];
        string[] all = [.. original.Files.Keys];
        for (int times = random.Next(1, 5); times > 0; times--)
        {
            string[] from = random.Next(2) == 0 && important.Length > 0 ? important : all;
            string path = from[random.Next(from.Length)];
            string text = machine.Files.GetValueOrDefault(path, "");
            switch (random.Next(7))
            {
                case 0:
                    machine.Files[path] = text[..random.Next(text.Length + 1)];
                    break;
                case 1:
                    machine.Files[path] = "";
                    break;
                case 2:
                    machine.Files[path] = Junk(random);
                    break;
                case 3:
                    machine.Files.Remove(path);
                    break;
                case 4:
                    machine.Files.Remove(path);
                    machine.Links[path] = path.Split('/')[^1];
                    break;
                case 5:
                    machine.Files.Remove(path);
                    machine.Files[path + "/file"] = "a directory now";
                    break;
                default:
                    string folder = path[..path.LastIndexOf('/')];
                    machine.Without(folder + "/");
                    machine.Links[folder] = folder.Split('/')[^1] + "/..";
                    break;
            }
        }

        return machine;
    }

    private static string Junk(Random random)
    {
        string[] samples =
        [
            "-1", "99999999999999999999", "0-", "0-65535", ",,,,", "ffffffff,ffffffff,ffffffff", "\0\0\0\0", "(null)", "0x3",
            "1 2 3 4 5 6 7 8 9", "max max", "-2147483648", "18446744073709551615", "0-3:0/0", "é中\uffff", "NaN", "1e9",
        ];
        int pick = random.Next(samples.Length + 1);
        if (pick < samples.Length)
        {
            return samples[pick];
        }

        var text = new char[random.Next(200)];
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = (char)random.Next(1, 256);
        }

        return new string(text);
    }
}
