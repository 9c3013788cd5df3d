using Microsoft.Extensions.DependencyInjection;
using Sekisho.Modules.Eligibility.Bulk;
using Sekisho.Wire;

namespace Sekisho.Modules.Eligibility.Messages;

/// <summary>Answers one message of the terminal's interface. Scoped; registered by the name of its request, so that only the one that is asked is made.</summary>
internal interface IMessageAnswer
{
    /// <summary>A wrong value in one row of an 一括 spoils that row only: the answer judges rows itself, by <see cref="MessageFaults.Rows"/>.</summary>
    bool ByRow => false;

    /// <summary>
    /// The result file, or why not: a refusal becomes the result file of a failure, unless it says "later" (TooMany, Unavailable), which stays an HTTP error.
    /// Records and commits before it returns.
    /// </summary>
    ValueTask<Outcome<MessageResult>> Answer(MessageRequest request, CancellationToken ct);
}

/// <summary>Which answer is registered for which request.</summary>
internal static class MessageAnswers
{
    public static void AddMessages(this IServiceCollection services) => services
        .AddMessage<AnswerQualification>("OQSsiquc01req")
        .AddMessage<AnswerReference>("OQSsiimm01req")
        .AddMessage<AnswerSettings>("OQSsiinq01req").AddMessage<AnswerChange>("OQSsiupd01req")
        .AddScoped<Reinquiry>().AddMessage<AnswerReinquiry>("OQSsihvq01req").AddMessage<AnswerReinquiry>("OQSsionq01req").AddMessage<CancelConsents>("OQSsihvd01req")
        .AddBulkKinds();

    public static IServiceCollection AddMessage<T>(this IServiceCollection services, string message)
        where T : class, IMessageAnswer => services.AddKeyedScoped<IMessageAnswer, T>(message);
}
