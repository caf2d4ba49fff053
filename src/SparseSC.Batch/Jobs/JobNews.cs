using System.Text.RegularExpressions;

namespace SparseSC.Batch.Jobs;

/// <summary>Picks out of what every look at a running job says that which was not said before.</summary>
/// <remarks>
/// A sentence with other numbers is no news: it counts minutes, or machines. Neither is one that comes and goes while nothing gets on, as
/// a pool that is resized again and again alternates between two. Once tasks were done and all was well, the same trouble is told again.
/// </remarks>
internal sealed partial class JobNews
{
    private readonly HashSet<string> _said = [];
    private int _done = -1;

    /// <summary>The news to be told now; <c>null</c> when there is nothing new, or the job is over and tells it by itself.</summary>
    public string? Of(BatchJob job)
    {
        if (job.IsFinished)
        {
            return null;
        }

        if (job.Message.Length == 0)
        {
            if (job.Done > _done)
            {
                _said.Clear();
            }

            _done = job.Done;
            return null;
        }

        return _said.Add(Numbers().Replace(job.Message, "#")) ? job.Message : null;
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Numbers();
}
