"""Write the questions of the analyses with their truths to `analyses.jsonl`.

    python -m benchmarks.answers.analyses [--source DIR] [--out FILE]

They are in the words of four professions; `dialogues.py` has conversations, `unanswerable.py` what must be refused.
"""

from benchmarks.answers import building_manager, dialogues, energy_engineer, facility_operator, sustainability_lead
from benchmarks.answers import unanswerable as none
from benchmarks.answers.question import Question
from benchmarks.answers.writing import write_questions

QUESTIONS: list[Question] = [
    *(question.asked_by("building manager") for question in building_manager.QUESTIONS),
    *(question.asked_by("energy engineer") for question in energy_engineer.QUESTIONS),
    *(question.asked_by("facility operator") for question in facility_operator.QUESTIONS),
    *(question.asked_by("sustainability lead") for question in sustainability_lead.QUESTIONS),
    *dialogues.QUESTIONS,
    *none.QUESTIONS,
]

if __name__ == "__main__":
    write_questions(__doc__, "analyses.jsonl", QUESTIONS)
