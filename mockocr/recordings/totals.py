"""What a recorder has passed on so far, for the summary at its end."""

from __future__ import annotations

from collections import Counter, defaultdict

import msgspec


class Totals(msgspec.Struct):
    """`calls` and `left` (why calls were not kept) are by operation, `cost` by currency, by the
    prices of the bill.
    """

    calls: Counter[str] = msgspec.field(default_factory=Counter)
    left: defaultdict[str, Counter[str]] = msgspec.field(
        default_factory=lambda: defaultdict(Counter)
    )
    kept: int = 0
    sent: int = 0
    received: int = 0
    cost: Counter[str] = msgspec.field(default_factory=Counter)
    unpriced: Counter[str] = msgspec.field(default_factory=Counter)

    def keep(self, name: str) -> None:
        """Count a call that was kept."""
        self.calls[name] += 1
        self.kept += 1

    def leave(self, name: str, why: str) -> None:
        """Count a call that was passed on and not kept."""
        self.calls[name] += 1
        self.left[name][why] += 1

    def lines(self) -> list[str]:
        """The summary."""
        total = sum(self.calls.values())
        lines = [
            f"{total} calls, {self.kept} kept; {self.sent} bytes sent, {self.received} received"
        ]
        for name, count in sorted(self.calls.items()):
            lines.append(f"  {name}: {count}")
            lines += [f"    {n} not kept: {why}" for why, n in sorted(self.left[name].items())]
        for currency, amount in sorted(self.cost.items()):
            lines.append(f"cost about {amount:.4f} {currency}, without free quotas")
        for name, count in sorted(self.unpriced.items()):
            lines.append(f"no source names the price of {name} ({count} billed calls)")
        return lines
