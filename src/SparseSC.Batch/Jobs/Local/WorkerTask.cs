namespace SparseSC.Batch.Jobs.Local;

/// <summary>The tasks and files that one worker is given.</summary>
/// <param name="BatchDirectory">The batch directory whose tasks it computes.</param>
/// <param name="LogFile">Where its messages go.</param>
/// <param name="Detach">Whether it goes on when the caller ends.</param>
internal sealed record WorkerTask(string BatchDirectory, string LogFile, bool Detach);
