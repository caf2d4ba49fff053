namespace SparseSC.Azure.Jobs;

/// <summary>Progress that is told at once, on the thread that makes it, so that none comes after the end.</summary>
internal sealed class SynchronousProgress<T>(Action<T> tell) : IProgress<T>
{
    public void Report(T value) => tell(value);
}
