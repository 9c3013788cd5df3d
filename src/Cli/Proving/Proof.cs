namespace Sekisho.Cli.Proving;

/// <summary>How one question of a verification was answered.</summary>
internal enum ProofAnswer
{
    /// <summary>It holds.</summary>
    Proven,

    /// <summary>It does not hold.</summary>
    Failed,

    /// <summary>It was not asked, or there was nothing to ask it of.</summary>
    NotChecked,
}

/// <summary>One question of a verification.</summary>
internal sealed record ProofStep(string Name, ProofAnswer Answer, string Detail)
{
    public string Mark => Answer switch
    {
        ProofAnswer.Proven => "✓",
        ProofAnswer.Failed => "✗",
        _ => "－",
    };
}

/// <summary>Everything a verification asked, in order.</summary>
internal sealed class Proof
{
    private readonly List<ProofStep> _steps = [];

    public IReadOnlyList<ProofStep> Steps => _steps;

    /// <summary>True when nothing failed.</summary>
    public bool Holds => _steps.TrueForAll(s => s.Answer != ProofAnswer.Failed);

    public void Add(string name, bool holds, string detail) => _steps.Add(new ProofStep(name, holds ? ProofAnswer.Proven : ProofAnswer.Failed, detail));

    public void Skip(string name, string detail) => _steps.Add(new ProofStep(name, ProofAnswer.NotChecked, detail));
}
