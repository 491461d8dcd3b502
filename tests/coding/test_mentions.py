"""Forms, the evaluators' own work, what was cancelled or only said; and the project as the subject of a verb."""

from __future__ import annotations

import pytest

from extractor.coding.mentions import MENTIONS
from extractor.coding.sentence import sentence_marks
from extractor.cues import fold_case

INSTRUMENT = [
    ("Other services (please specify)", True),
    ("Which of these did the shelter offer? Please tick all that apply.", True),
    ("If yes, please describe how the referrals were recorded.", True),
    ("Kind of training: police, judges, other (specify which)", True),
    ("Choose all donors that paid for the course.", True),
    ("How did you hear of the hotline?", True),
    ("Has anyone in your organisation been trained?", True),
    ("Were victims given a medical check: Yes / No", True),
    ("On a scale of 1 to 5, the course was useful.", True),
    ("Would you strongly agree that shelters are safe", True),
    # people may be asked to come, and a form may be spoken of
    ("The project trained police, and all applied what they learnt.", False),
    ("For questions about this report please contact the mission.", False),
    ("A campaign told girls: do not believe all you hear.", False),
    ("Judges agree that the law should be specific.", False),
    ("The database has a field for the kind of exploitation.", False),
]
EVALUATOR = [
    ("The evaluation team interviewed 12 prosecutors.", True),
    ("The evaluators visited two shelters in Durrës.", True),
    ("This review is based on the records of four missions.", True),
    ("Respondents were asked whether the training had helped them.", True),
    ("Data were collected through key informant interviews.", True),
    ("Semi-structured interviews with border guards took two weeks.", True),
    ("Questionnaires were sent to all partners in May.", True),
    ("Focus group discussions were held with returnees.", True),
    ("A third of survey respondents had heard of the hotline.", True),
    # the project's own interviews and studies
    ("The project interviewed 300 returnees for its baseline.", False),
    ("IOM published a study on trafficking in fishing.", False),
    ("Police learnt to interview children.", False),
    ("The mission monitored the shelters each month.", False),
]
CANCELLED = [
    ("The second workshop was cancelled.", True),
    ("The study tour was postponed to 2012 and then dropped from the plan.", True),
    ("The media campaign was not carried out.", True),
    ("Courses for judges have not yet been held.", True),
    ("The hotline never took place under the second phase.", True),
    ("The shelter was not opened for want of a licence.", True),
    ("Instead of the course, a leaflet was printed.", True),
    ("The third component was put on hold.", True),
    # negated, or not even that
    ("The course was held and the shelter opened.", False),
    ("Girls who dropped out of school were given courses.", False),
    ("Not only were guards trained, they were also equipped.", False),
    ("There is no shelter for men.", False),
    ("The number of cases dropped by half.", False),
]
SAID = [
    ("Respondents felt that the courses were too short.", True),
    ("One interviewee said that the police now call the shelter.", True),
    ("In the words of a judge, the handbook is on every desk.", True),
    ("Guards reportedly use the manual.", True),
    ("The police now call the shelter.", False),
    ("The project informed stakeholders of its results.", False),
]
SUBJECT = [
    ("IOM trained 40 guards.", True),
    ("The project has so far assisted 114 women.", True),
    ("The mission in Tirana also developed a handbook.", True),
    ("Partners provide counselling in three towns.", True),
    ("In 2008 the programme refurbished a shelter.", True),
    ("Its media component reached 20,000 listeners.", True),
    ("We visited each family once a month.", True),
    # the doer is another, or nothing is done
    ("The state trained 40 guards.", False),
    ("Traffickers recruited girls from villages.", False),
    ("IOM should train more guards.", False),
    ("The project will provide shelter.", False),
    ("The project was to train guards.", False),
    ("Training of guards by the project", False),
    ("A programme of the ministry trained teachers.", False),
]
CONTINUING = [
    ("The curriculum remains in use at the academy.", True),
    ("The shelter is still operated by the municipality.", True),
    ("The ministry continues to fund two posts.", True),
    ("The hotline continues operating from Lomé.", True),
    ("The unit still meets once a month.", True),
    ("Poverty continues to increase.", False),
    ("Women continue to be trafficked to the coast.", False),
    ("The law is still a draft.", False),
    ("Many questions remain.", False),
]
TABLES = {
    "instrument": INSTRUMENT,
    "evaluator": EVALUATOR,
    "cancelled": CANCELLED,
    "said": SAID,
    "subject": SUBJECT,
    "done": CONTINUING,
}
CASES = [(mark, text, borne) for mark, table in TABLES.items() for text, borne in table]


@pytest.mark.parametrize(("mark", "text", "borne"), CASES)
def test_marks(mark: str, text: str, borne: bool) -> None:
    assert (mark in sentence_marks(fold_case(text))) is borne


def test_every_mention_is_in_the_tables() -> None:
    assert set(MENTIONS) <= set(TABLES)


def test_what_was_cancelled_is_told_from_what_is_denied() -> None:
    assert "negated" not in sentence_marks("the second workshop was cancelled.")
    assert {"negated", "cancelled"} <= sentence_marks("the workshop was not held.")
