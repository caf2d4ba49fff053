using System.Runtime.ExceptionServices;

namespace SparseSC.Core.Threading;

/// <summary>Runs independent numbered tasks on a fixed number of threads, each with a worker of its own, in ascending order of start.</summary>
internal static class OrderedWork
{
    /// <summary>Runs tasks 0 … count − 1. The first failure stops the others and is thrown as it is.</summary>
    public static void Run<TWorker>(int count, ParallelOptions parallel, Func<TWorker> createWorker, Action<int, TWorker> run)
    {
        int degree = parallel.MaxDegreeOfParallelism <= 0 ? Environment.ProcessorCount : parallel.MaxDegreeOfParallelism;
        int threads = Math.Max(1, Math.Min(degree, count));
        int next = -1;
        ExceptionDispatchInfo? failure = null;

        void Work()
        {
            TWorker worker = createWorker();
            while (Volatile.Read(ref failure) is null)
            {
                int task = Interlocked.Increment(ref next);
                if (task >= count)
                {
                    return;
                }

                try
                {
                    parallel.CancellationToken.ThrowIfCancellationRequested();
                    run(task, worker);
                }
                catch (Exception exception)
                {
                    Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
                    return;
                }
            }
        }

        Task[] others = [.. Enumerable.Range(1, threads - 1).Select(_ => Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Work();
        Task.WaitAll(others);
        failure?.Throw();
    }
}
