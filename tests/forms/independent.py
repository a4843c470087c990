"""The notices' tables counted once more from plain facts, by loops that know no form's file.

Each function returns rows of cells as they must be printed.
"""

from __future__ import annotations

from datetime import date

TRAINING = ["sham-training", "forged-data", "subsidy-collusion"]
EVALUATION_BODIES = ["qualification-body", "skill-level-body", "self-run-body"]
TRAINING_BODIES = ["training-project", "training-body", "subordinate-unit"]


def printed_sum(fen: list[int]) -> str:
    if fen and not any(fen):
        return ""  # nothing is known of what was counted
    yuan, rest = divmod(sum(fen), 100)
    return f"{yuan}.{rest:02}" if rest else str(yuan)


def printed_count(numbers: list[int]) -> str:
    return "" if numbers and not any(numbers) else str(sum(numbers))


def printed_texts(pairs: list[tuple[str, str]]) -> str:
    return "\n".join(f"{number}：{text}" for number, text in pairs if text)


def first_of(fact: dict, places: list[str]) -> str | None:
    for practice in fact["practices"]:
        if practice in places:
            return practice
    return None


def had(fact: dict, kind: str, end: date) -> bool:
    return any(done == kind and day <= end for done, day, _, _ in fact["steps"])


def police_declined(fact: dict, end: date) -> bool:
    said = ""
    for kind, day, _, _ in fact["steps"]:
        if day <= end and kind in (
            "transferred",
            "case-filed",
            "case-solved",
            "not-filed",
            "case-withdrawn",
        ):
            said = kind
    return said in ("not-filed", "case-withdrawn")


def steps_in(fact: dict, kind: str, start: date, end: date) -> list[tuple]:
    return [step for step in fact["steps"] if step[0] == kind and start <= step[1] <= end]


def moved(fact: dict, start: date, end: date) -> bool:
    days = [fact["opened"], fact["checked"], *(step[1] for step in fact["steps"])]
    return any(day is not None and start <= day <= end for day in days)


def number_of_cases(facts: list[dict], kind: str, start: date, end: date) -> str:
    return str(len([fact for fact in facts if steps_in(fact, kind, start, end)]))


def amounts(facts: list[dict], kind: str, start: date, end: date) -> str:
    return printed_sum([s[2] for fact in facts for s in steps_in(fact, kind, start, end)])


def persons(facts: list[dict], start: date, end: date) -> str:
    return printed_count([s[3] for f in facts for s in steps_in(f, "held-liable", start, end)])


def declined_and_notes(facts: list[dict], start: date, end: date) -> list[str]:
    declined = [fact for fact in facts if police_declined(fact, end)]
    moving = [fact for fact in declined if moved(fact, start, end)]
    handling = printed_texts([(fact["number"], fact["handling"]) for fact in moving])
    return [
        handling if moving else "无",
        amounts(declined, "subsidy-recovered", start, end),
        notes(facts, start, end),
    ]


def notes(facts: list[dict], start: date, end: date) -> str:
    return printed_texts([(f["number"], f["note"]) for f in facts if moved(f, start, end)])


def cn_training(facts: list[dict], start: date, end: date) -> list[list[str]]:
    rows = []
    for practice in TRAINING:
        here = [fact for fact in facts if first_of(fact, TRAINING) == practice]
        sent = [fact for fact in here if had(fact, "transferred", end)]
        going = [fact for fact in sent if not police_declined(fact, end)]
        rows.append(
            [
                number_of_cases(sent, "case-filed", start, end),
                number_of_cases(sent, "case-solved", start, end),
                amounts(going, "subsidy-recovered", start, end),
                persons(sent, start, end),
                *declined_and_notes(here, start, end),
            ]
        )
    return rows


def cn_evaluation(facts: list[dict], start: date, end: date) -> list[list[str]]:
    rows = []
    for body in EVALUATION_BODIES:
        here = [fact for fact in facts if fact["body"] == body]
        sent = [fact for fact in here if had(fact, "transferred", end)]
        newly = [fact for fact in here if steps_in(fact, "transferred", start, end)]
        rows.append(
            [
                number_of_cases(sent, "case-filed", start, end),
                number_of_cases(sent, "case-solved", start, end),
                printed_count([fact["certificates"] for fact in newly]),
                amounts(sent, "gains-confiscated", start, end),
                persons(sent, start, end),
                *declined_and_notes(here, start, end),
            ]
        )
    return rows


def checked_and_verified(
    facts: list[dict], practices: list[str], start: date, end: date
) -> list[str]:
    checked = [fact for fact in facts if fact["checked"] and start <= fact["checked"] <= end]
    cells = [str(len(checked))]
    for practice in practices:
        found = [f for f in checked if f["verified"] and first_of(f, practices) == practice]
        cells.append(str(len(found)))
    return cells


def yq_training(facts: list[dict], start: date, end: date) -> list[list[str]]:
    practices = ["ineffective", "false-claims", "subcontracted"]
    rows = []
    for body in TRAINING_BODIES:
        here = [fact for fact in facts if fact["body"] == body]
        rows.append(
            [
                *checked_and_verified(here, practices, start, end),
                number_of_cases(here, "off-catalogue", start, end),
                amounts(here, "subsidy-recovered", start, end),
                notes(here, start, end),
            ]
        )
    return rows


def yq_evaluation(facts: list[dict], start: date, end: date) -> list[list[str]]:
    practices = ["forged-papers", "no-exam", "copycat-certificates", "certificate-trade"]
    rows = []
    for body in EVALUATION_BODIES:
        here = [fact for fact in facts if fact["body"] == body]
        verified = [
            fact
            for fact in here
            if fact["verified"] and fact["checked"] and start <= fact["checked"] <= end
        ]
        rows.append(
            [
                *checked_and_verified(here, practices, start, end),
                printed_count([fact["certificates"] for fact in verified]),
                amounts(here, "subsidy-recovered", start, end),
                notes(here, start, end),
            ]
        )
    return rows


COUNTS = {
    "cn-2023-86-1": cn_training,
    "cn-2023-86-2": cn_evaluation,
    "js-2023-64-2": cn_training,
    "js-2023-64-3": cn_evaluation,
    "yq-2023-196-1": yq_training,
    "yq-2023-196-2": yq_evaluation,
}
