"""The commands, in the order in which `opsplane --help` shows them."""

from dataclasses import dataclass

LOOK = "Look"
DECIDE = "Decide"
SEND = "Try out and repair"
LAPTOP = "This laptop"


@dataclass(frozen=True)
class Entry:
    """One command: its name, its function as `module:function`, one line of help, its panel, and an example."""

    name: str
    place: str
    summary: str
    panel: str
    example: str


MENU: tuple[Entry, ...] = (
    Entry(
        "items",
        "opsplane_cli.items:items",
        "List operational items, last changed first.",
        LOOK,
        "opsplane items --state open",
    ),
    Entry(
        "show",
        "opsplane_cli.show:show",
        "Show one item: resource, who, actions with before and after, and its trail.",
        LOOK,
        "opsplane show 7f3k2m9qxd",
    ),
    Entry(
        "actions",
        "opsplane_cli.actions:actions",
        "List actions, last changed first.",
        LOOK,
        "opsplane actions --state awaiting_approval",
    ),
    Entry("playbooks", "opsplane_cli.rules:playbooks", "List what opsplane can do.", LOOK, "opsplane playbooks"),
    Entry(
        "policy list",
        "opsplane_cli.rules:policies",
        "List when opsplane acts, and how far it goes.",
        LOOK,
        "opsplane policy list",
    ),
    Entry(
        "policy explain",
        "opsplane_cli.foresee:explain",
        "Tell what would become of an event, and why.",
        LOOK,
        "opsplane policy explain events/cloudtrail/sg-open-ssh.json",
    ),
    Entry(
        "policy check",
        "opsplane_cli.policy_files:check",
        "Check a policy file.",
        LOOK,
        "opsplane policy check policies.yaml",
    ),
    Entry(
        "policy push",
        "opsplane_cli.policy_force:push",
        "Put a policy file in force, from the next event on.",
        DECIDE,
        'opsplane policy push policies.yaml --reason "prod may close groups itself"',
    ),
    Entry(
        "policy pull",
        "opsplane_cli.policy_force:pull",
        "Print the policy file in force, as it was written, and who put it there before.",
        LOOK,
        "opsplane policy pull > policies.yaml",
    ),
    Entry(
        "plan",
        "opsplane_cli.planning:plan",
        "Show what would be changed about an event, and change nothing.",
        LOOK,
        "opsplane plan events/cloudtrail/sg-open-ssh.json",
    ),
    Entry(
        "replay",
        "opsplane_cli.replaying:replay",
        "Try policies on past events, and tell what would have been different.",
        LOOK,
        "opsplane replay --since 7d --policies mine.yaml",
    ),
    Entry(
        "policy schema",
        "opsplane_cli.policy_files:show_schema",
        "Print the JSON Schema of a policy file.",
        LOOK,
        "opsplane policy schema",
    ),
    Entry(
        "approve",
        "opsplane_cli.decide:approve",
        "Agree to a plan, and follow it until it is verified.",
        DECIDE,
        "opsplane approve 7f3k2m9qxd.1",
    ),
    Entry(
        "reject",
        "opsplane_cli.decide:reject",
        "Refuse a plan.",
        DECIDE,
        'opsplane reject 7f3k2m9qxd.1 --note "the demo needs it until Friday"',
    ),
    Entry(
        "undo",
        "opsplane_cli.decide:undo",
        "Put back what an action changed, and follow it until it is back.",
        DECIDE,
        "opsplane undo 7f3k2m9qxd.1",
    ),
    Entry(
        "acknowledge",
        "opsplane_cli.handling:acknowledge",
        "Say that you have an open item in hand.",
        DECIDE,
        "opsplane acknowledge 7f3k2m9qxd",
    ),
    Entry(
        "close",
        "opsplane_cli.handling:close",
        "Say that an item is done with.",
        DECIDE,
        'opsplane close 7f3k2m9qxd --root-cause "a penetration test"',
    ),
    Entry(
        "reopen",
        "opsplane_cli.handling:reopen",
        "Say that an item that was done with is not.",
        DECIDE,
        'opsplane reopen 7f3k2m9qxd --note "it came back on another host"',
    ),
    Entry(
        "comment",
        "opsplane_cli.handling:comment",
        "Add your words to an item's trail.",
        DECIDE,
        'opsplane comment 7f3k2m9qxd "asked the data team"',
    ),
    Entry(
        "review",
        "opsplane_cli.handling:review",
        "Write down what was learned of an item.",
        DECIDE,
        'opsplane review 7f3k2m9qxd --root-cause "a key in a public repository"',
    ),
    Entry(
        "freeze",
        "opsplane_cli.freezing:freeze",
        "Hold an environment still, or list what is held.",
        DECIDE,
        'opsplane freeze prod --reason "sale until Monday" --hours 72',
    ),
    Entry("thaw", "opsplane_cli.freezing:thaw", "Lift a freeze.", DECIDE, "opsplane thaw prod"),
    Entry(
        "env status",
        "opsplane_cli.environments:status",
        "Tell what environments are to be, until when, and why.",
        LOOK,
        "opsplane env status dev",
    ),
    Entry(
        "env start",
        "opsplane_cli.environments:start",
        "Wake an environment now, for a while.",
        DECIDE,
        'opsplane env start dev --hours 2 --reason "hotfix"',
    ),
    Entry(
        "env stop",
        "opsplane_cli.environments:stop",
        "Put an environment to sleep now.",
        DECIDE,
        "opsplane env stop dev --dry-run",
    ),
    Entry(
        "schedule show",
        "opsplane_cli.schedule_show:show",
        "Show when environments are awake, as a picture.",
        LOOK,
        "opsplane schedule show --env dev --days 7",
    ),
    Entry(
        "schedule plan",
        "opsplane_cli.schedule_show:plan",
        "Tell what is wanted at a moment, and why.",
        LOOK,
        "opsplane schedule plan --env dev --at 2026-12-25T09:00",
    ),
    Entry(
        "schedule check",
        "opsplane_cli.schedule_files:check",
        "Check a schedule file.",
        LOOK,
        "opsplane schedule check schedules.yaml",
    ),
    Entry(
        "schedule push",
        "opsplane_cli.schedule_files:push",
        "Put a schedule file in force.",
        DECIDE,
        'opsplane schedule push schedules.yaml --reason "staging sleeps too"',
    ),
    Entry(
        "schedule pull",
        "opsplane_cli.schedule_files:pull",
        "Print the schedule file in force, and who put it there.",
        LOOK,
        "opsplane schedule pull > schedules.yaml",
    ),
    Entry(
        "schedule schema",
        "opsplane_cli.schedule_files:show_schema",
        "Print the JSON Schema of a schedule file.",
        LOOK,
        "opsplane schedule schema",
    ),
    Entry(
        "override add",
        "opsplane_cli.overrides:add",
        "Make a dated exception to a schedule.",
        DECIDE,
        'opsplane override add dev keep-on --until 23:00 --reason "release night"',
    ),
    Entry(
        "override list",
        "opsplane_cli.overrides:show",
        "List exceptions.",
        LOOK,
        "opsplane override list",
    ),
    Entry(
        "override cancel",
        "opsplane_cli.overrides:cancel",
        "End an exception now.",
        DECIDE,
        "opsplane override cancel 1f2e3d4c",
    ),
    Entry(
        "savings",
        "opsplane_cli.saving:show",
        "Tell what sleep saved, in money.",
        LOOK,
        "opsplane savings --month 2026-11",
    ),
    Entry(
        "send",
        "opsplane_cli.send:send",
        "Send event files, and follow them to the end.",
        SEND,
        "opsplane send events/cloudtrail/sg-open-ssh.json --wait",
    ),
    Entry(
        "unhandled",
        "opsplane_cli.unhandled:unhandled",
        "List events that could not be handled, or send them back in.",
        SEND,
        "opsplane unhandled --redrive",
    ),
    Entry("up", "opsplane_local.commands:up", "Start the local platform.", LAPTOP, "opsplane up --detach"),
    Entry("down", "opsplane_local.commands:down", "Stop the local platform.", LAPTOP, "opsplane down"),
    Entry("status", "opsplane_local.commands:status", "Tell how the local platform is.", LAPTOP, "opsplane status"),
    Entry("logs", "opsplane_local.commands:logs", "Show its logs.", LAPTOP, "opsplane logs fleet"),
    Entry(
        "doctor", "opsplane_local.commands:doctor_command", "Check what this machine lacks.", LAPTOP, "opsplane doctor"
    ),
    Entry(
        "variables",
        "opsplane_local.commands:variables",
        "Print variables for other AWS tools.",
        LAPTOP,
        'eval "$(opsplane variables)"',
    ),
)


GROUPS = {
    "policy": ("When opsplane acts: list, explain and check policies.", LOOK),
    "env": ("Environments: wake them, put them to sleep, see how they are.", DECIDE),
    "schedule": ("When environments are awake: show, plan, check and push schedules.", LOOK),
    "override": ("Dated exceptions to a schedule: add, list and cancel them.", DECIDE),
}
"""Commands of two words share the first one."""
