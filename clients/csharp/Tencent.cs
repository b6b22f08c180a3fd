using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

/// <summary>System.Net.Http: Tencent's general OCR as multipart.</summary>
public static class Tencent
{
    private static bool wrong;

    private static string Value(string name)
    {
        return Environment.GetEnvironmentVariable(name);
    }

    private static void Report(string check, bool right, string seen)
    {
        wrong |= !right;
        Console.Out.Write(check + "\t" + (right ? "right" : "WRONG") + "\t" + seen + "\n");
    }

    private static string Sign(string appid, string secretId, string secretKey)
    {
        long now = (long)(DateTime.UtcNow - new DateTime(1970, 1, 1)).TotalSeconds;
        string plain = "a=" + appid + "&b=test&k=" + secretId + "&e=" + (now + 2592000);
        byte[] text = Encoding.ASCII.GetBytes(plain + "&t=" + now + "&r=1&u=0&f=");
        using (var mac = new HMACSHA1(Encoding.ASCII.GetBytes(secretKey)))
        {
            return Convert.ToBase64String(mac.ComputeHash(text).Concat(text).ToArray());
        }
    }

    private static string Ask(string prefix, string path, string added)
    {
        string appid = Value(prefix + "TENCENT_APPID");
        string key = Value(prefix + "TENCENT_SECRET_KEY");
        key = key.Substring(0, key.Length - added.Length) + added;
        string signature = Sign(appid, Value(prefix + "TENCENT_SECRET_ID"), key);
        var form = new MultipartFormDataContent();
        form.Add(new StringContent(appid), "appid");
        form.Add(new ByteArrayContent(File.ReadAllBytes(path)), "image", "图.png");
        // docs: begin
        var client = new HttpClient { BaseAddress = new Uri(Value("TENCENT_URL")) };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", signature);
        var answer = client.PostAsync("/ocr/general", form).Result;
        // docs: end
        return answer.Content.ReadAsStringAsync().Result;
    }

    private static void Refused(string check, string answer, string wanted)
    {
        var found = Regex.Match(answer, "\"code\":(-?\\d+),\"message\":\"([^\"]*)\"");
        string seen = found.Groups[1].Value + " " + found.Groups[2].Value;
        Report(check, seen == wanted, seen);
    }

    public static int Main()
    {
        string picture = Path.Combine(Value("SAMPLES"), "hello.png");
        var lines = Regex.Matches(Ask("", picture, ""), "\"itemstring\":\"([^\"]*)\"");
        string text = string.Join(" / ", lines.Cast<Match>().Select(line => line.Groups[1].Value));
        string plain = text.Replace(" ", "");
        bool right = new[] { "发票", "Invoice", "1280.50" }.All(word => plain.Contains(word));
        Report("read", right, text);
        Refused("wrong secret", Ask("", picture, "x"), "14 sign no pass");
        string bad = Ask("", Value("NOT_A_PICTURE"), "");
        Refused("bad picture", bad, "-1102 SDK_IMAGE_DECODE_FAILED");
        Refused("used up", Ask("USED_UP_", picture, ""), "25 resource has been used up");
        return wrong ? 1 : 0;
    }
}
