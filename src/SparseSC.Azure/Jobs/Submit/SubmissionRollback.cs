using SparseSC.Core.Errors;

namespace SparseSC.Azure.Jobs.Submit;

/// <summary>Takes back everything a submission has made so far, the latest first, when it does not come to its end.</summary>
internal sealed class SubmissionRollback(StepTeller steps)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Stack<(string What, Func<CancellationToken, Task<bool>> TakeBack)> _made = [];

    /// <summary>Notes something that is about to be made: the request may have an effect even if its answer is lost.</summary>
    /// <param name="what">What it is, in words.</param>
    /// <param name="takeBack">Takes it back, and says whether it was there.</param>
    public void Add(string what, Func<CancellationToken, Task<bool>> takeBack) => _made.Push((what, takeBack));

    /// <summary>Forgets everything: it stays.</summary>
    public void Keep() => _made.Clear();

    /// <summary>Takes everything back and says so; what cannot be taken back is named. Throws nothing.</summary>
    /// <param name="tell">Who is told what went; <c>null</c> for a warning, because somebody counted on it.</param>
    public async Task RunAsync(Action<string>? tell = null)
    {
        // Whoever cancelled still wants nothing left behind.
        using CancellationTokenSource patience = new(Patience);
        List<string> gone = [];
        while (_made.TryPop(out (string What, Func<CancellationToken, Task<bool>> TakeBack) item))
        {
            try
            {
                if (await item.TakeBack(patience.Token).ConfigureAwait(false))
                {
                    gone.Add(item.What);
                }
            }
            catch (Exception error) when (error is SparseSCException or OperationCanceledException)
            {
                steps.Warning($"The {item.What} could not be removed again and may be left: {error.Message}");
            }
        }

        if (gone.Count > 0)
        {
            (tell ?? steps.Warning)($"The submission did not come to its end, so what it had made was removed again: {string.Join(", ", gone)}.");
        }
    }
}
