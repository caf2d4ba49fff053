using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using SparseSC.Benchmarks;

if (args is ["large"])
{
    LargeFit.Run();
    return;
}

if (args is ["fast"] or ["fast", "huge"])
{
    FastFits.Run(args[^1]);
    return;
}

if (args is ["effects"])
{
    EffectRuns.Run();
    return;
}

if (args is ["effect-sizes", ..])
{
    EffectSizes.Run(args[1..]);
    return;
}

if (args is ["coverage", ..])
{
    Coverage.Run(args[1..]);
    return;
}

// In process: nothing is generated, restored or built beside this project.
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(
    args,
    DefaultConfig.Instance.AddJob(Job.ShortRun.WithIterationCount(8).WithToolchain(InProcessEmitToolchain.Instance)));
