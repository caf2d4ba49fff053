using SparseSC.BatchServer.Execution;
using SparseSC.BatchServer.Faults;

namespace SparseSC.BatchServer.Tests;

public class OptionTests
{
    [Theory]
    [InlineData("OptionMissing", "--urls", "http://127.0.0.1:1")]
    [InlineData("UnknownOption", "--port", "1")]
    [InlineData("OptionWithoutValue", "--urls")]
    [InlineData("UrlNotLoopback", "--urls", "http://0.0.0.0:1")]
    [InlineData("KeyNotBase64", "--urls", "http://127.0.0.1:1", "--account", "a", "--key", "?")]
    [InlineData("FaultFileNotFound", "--urls", "http://127.0.0.1:1", "--account", "a", "--key", "AAAA", "--faults", "/no/such/file")]
    [InlineData("OptionMissing", "--urls", "https://127.0.0.1:1", "--account", "a")]
    [InlineData("CertificateWithoutHttps", "--urls", "http://127.0.0.1:1", "--certificate", "c.pem", "--account", "a", "--key", "AAAA")]
    [InlineData("SecondsNotUsable", "--urls", "http://127.0.0.1:1", "--account", "a", "--key", "AAAA", "--autoscale-seconds", "0")]
    [InlineData("QuotaNotANumber", "--urls", "http://127.0.0.1:1", "--account", "a", "--key", "AAAA", "--disk-bytes", "1 GB")]
    [InlineData("AddressNotUsable", "--urls", "http://127.0.0.1:1", "--account", "a", "--key", "AAAA", "--identity-endpoint", "169.254.169.254")]
    [InlineData("AddressNotUsable", "--urls", "http://127.0.0.1:1", "--account", "a", "--key", "AAAA", "--auto-storage", "/container?sig=x")]
    [InlineData("CertificateNotFound", "--urls", "http://127.0.0.1:1", "--account", "a", "--key", "AAAA", "--storage-certificate", "/no/such/file")]
    [InlineData("QuotaNotANumber", "--urls", "http://127.0.0.1:1", "--account", "a", "--key", "AAAA", "--job-quota", "few")]
    public void Options_that_cannot_be_used_are_named(string id, params string[] arguments) =>
        Assert.Equal(id, Assert.Throws<OptionException>(() => ServerOptions.Parse(arguments)).Id);

    [Theory]
    [InlineData("FaultKindUnknown", """{"seed":1,"rules":[{"kind":"earthquake"}]}""")]
    [InlineData("FaultWhenUnknown", """{"seed":1,"rules":[{"kind":"drop"}]}""")]
    [InlineData("FaultStatusUnknown", """{"seed":1,"rules":[{"kind":"status","status":418}]}""")]
    [InlineData("FaultFileInvalid", """{"seed":1,"rules":[{"kind":"drop","wehn":"after"}]}""")]
    [InlineData("FaultFileInvalid", """{"seed":1}""")]
    public void Plans_that_cannot_be_used_are_named(string id, string plan) =>
        Assert.Equal(id, Assert.Throws<OptionException>(() => FaultPlan.Parse(plan, "plan")).Id);

    [Theory]
    [InlineData("a  b", "a", "b")]
    [InlineData("sh -c 'echo \"x y\" $Z'", "sh", "-c", "echo \"x y\" $Z")]
    [InlineData("\"C:\\\\tools\\\\run\" \"say \\\"hi\\\"\" ''", "C:\\tools\\run", "say \"hi\"", "")]
    [InlineData("a\\ b c", "a b", "c")]
    public void Command_lines_are_cut_at_blanks_outside_quotes(string line, params string[] words) => Assert.Equal(words, CommandLine.Split(line));
}
