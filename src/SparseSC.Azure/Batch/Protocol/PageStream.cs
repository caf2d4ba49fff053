using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Core;

namespace SparseSC.Azure.Batch.Protocol;

/// <summary>Follows a list from page to page.</summary>
internal sealed class PageStream<T>(BatchConnection connection, Uri first, CancellationToken cancellationToken) : AsyncPageable<T>(cancellationToken)
    where T : notnull
{
    public override IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = null, int? pageSizeHint = null)
    {
        if (continuationToken is not null)
        {
            return FollowAsync(Next(continuationToken), CancellationToken);
        }

        return FollowAsync(pageSizeHint is { } size ? WithPageSize(size) : first, CancellationToken);
    }

    private async IAsyncEnumerable<Page<T>> FollowAsync(Uri address, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (Uri? next = address; next is not null;)
        {
            Response<BatchPage<T>> answer = await connection
                .SendAsync<BatchPage<T>>(connection.Create(RequestMethod.Get, next), cancellationToken)
                .ConfigureAwait(false);
            string? link = answer.Value.NextLink;
            next = string.IsNullOrEmpty(link) ? null : Next(link);
            yield return Page<T>.FromValues(answer.Value.Value ?? [], next is null ? null : link, answer.GetRawResponse());
        }
    }

    private Uri WithPageSize(int size) => size is >= 1 and <= 1000
        ? new Uri(string.Create(CultureInfo.InvariantCulture, $"{first.AbsoluteUri}&maxresults={size}"))
        : throw new ArgumentOutOfRangeException(nameof(size), size, "A page of a Batch list has 1 to 1000 items.");

    // Whoever answers chooses the next address, and the credential goes with the request.
    private Uri Next(string link) =>
        Uri.TryCreate(link, UriKind.Absolute, out Uri? next) && Uri.Compare(next, connection.Endpoint, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
            ? next
            : throw new RequestFailedException($"A Batch list goes on at '{link}', which is not on {connection.Endpoint.Authority}. It was not followed.");
}
