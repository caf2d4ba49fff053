using SparseSC.Batch.Jobs.Configuration;

namespace SparseSC.Batch.Tests.Jobs.Configuration;

public class VmSizesTests
{
    [Fact]
    public void A_usual_size_has_the_cores_its_name_tells_and_is_here_to_stay() => Assert.All(VmSizes.Usual, usual =>
    {
        VmSize size = VmSize.TryParse(usual.Name)!;
        Assert.Equal(size.Cores, usual.Cores);
        Assert.False(size.IsRetired);
        Assert.Null(size.Retirement);
        Assert.InRange(usual.MemoryGiB, 4 * usual.Cores, 8 * usual.Cores);
    });

    [Fact]
    public void The_default_is_among_them() =>
        Assert.Contains(VmSizes.Usual, size => size.Name == new AzureBatchConfig().VmSize);
}
