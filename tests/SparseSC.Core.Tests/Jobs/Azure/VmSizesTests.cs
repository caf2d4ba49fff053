using SparseSC.Core.Jobs.Azure;

namespace SparseSC.Core.Tests.Jobs.Azure;

public class VmSizesTests
{
    public static TheoryData<string, int, int> Usual => new(VmSizes.Usual.Select(size => (size.Name, size.Cores, size.MemoryGiB)));

    [Theory]
    [MemberData(nameof(Usual))]
    public void A_usual_size_has_the_cores_its_name_tells_and_is_here_to_stay(string name, int cores, int memory)
    {
        VmSize size = VmSize.TryParse(name)!;

        Assert.Equal(size.Cores, cores);
        Assert.False(size.IsRetired);
        Assert.Null(size.Retirement);
        Assert.InRange(memory, 4 * cores, 8 * cores);
    }

    [Fact]
    public void The_default_is_among_them() =>
        Assert.Contains(VmSizes.Usual, size => size.Name == new AzureBatchConfig().VmSize);
}
