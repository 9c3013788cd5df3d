namespace Sekisho.Platform.Web;

/// <summary>On the features of a request that came through the machine port. Which port it was decides who may be on the other end, not what they show there.</summary>
public sealed class MachinePort;

/// <summary>On the features of a request that came through the people port.</summary>
public sealed class PeoplePort;
