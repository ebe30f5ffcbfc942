"""Invented footnotes on maternity law, in the wordings in which such notes are written, against figures known beforehand.

They were written before the reader of figures was tried on them; what counts is how many of them are right, not each.
"""

from __future__ import annotations

import pytest

from lexfloor.eval.adapters.maternity import PERCENT, WEEKS, Note, looked, same
from lexfloor.eval.suite import load_suite

LEAST = 0.95
LENGTHS = [
    ("Compulsory: The four weeks after birth.  Entitlement: Women are granted 98 consecutive days of leave, of which 30 may be used before delivery.", (14,)),
    ("Compulsory: None.  Entitlement: Leave of three consecutive months, starting at any time in the ninth month.", (13,)),
    (
        "Compulsory: Two weeks immediately following childbirth.  Entitlement: Pre- and post-natal leave amounts to sixteen weeks. In the case of "
        "twins it is prolonged by two weeks.",
        (16,),
    ),
    ("Entitlement: The worker may stay away from work for six weeks before the expected date of birth and ten weeks after the birth.", (16,)),
    (
        "Entitlement: Maternity leave consists of 56 calendar days before and 56 calendar days after childbirth (70 days in the event of a difficult "
        "birth or of the birth of two or more children).",
        (16,),
    ),
    ("Entitlement: 126 calendar days, 70 before and 56 after the birth, extended by 14 days for complications.", (18,)),
    (
        "Entitlement: Seventy days prior to and seventy days after childbirth. Where the birth is complicated, 86 days after it, and 110 days after "
        "the birth of more than one child.",
        (20,),
    ),
    ("Entitlement: In the private sector women have 10 weeks of leave. Public servants have 12 weeks.", (10,)),
    ("Entitlement: A total of 14 weeks, of which at least six must be taken after delivery. If illness arising out of pregnancy is certified, up to four additional weeks.", (14,)),
    ("Compulsory: 40 days after giving birth are mandatory.  Entitlement: 60 days, including the period before and the period after delivery.", (9,)),
    ("Entitlement: Every pregnant woman has the right to rest for one month before and two months after the birth.", (13,)),
    ("Entitlement: Prenatal leave of 30 days and postnatal leave of 60 days.", (13,)),
    ("Entitlement: 12 weeks of leave, half of it to be taken ahead of the birth and half after it.", (12,)),
    ("Entitlement: The leave lasts fifteen weeks (nineteen for multiple births), up to six of which precede the expected birth.", (15,)),
    ("Compulsory: From 2 weeks before to 6 weeks after confinement.  Entitlement: 26 weeks of ordinary leave, which may be followed by 26 weeks of additional leave.", (26, 52)),
    ("Entitlement: An employee with at least 12 months of service is entitled to leave of up to 18 weeks.", (18,)),
    ("Entitlement: Having worked 180 days with the same employer, a woman is entitled to 84 days of maternity leave.", (12,)),
    (
        "Entitlement: Fourteen weeks of which eight follow the birth. An extra three weeks shall be granted if the mother is unable to resume work "
        "by reason of sickness resulting from confinement.",
        (14,),
    ),
    ("Compulsory: Work is forbidden during the five weeks after delivery.  Entitlement: Paid leave of 13 weeks.", (13,)),
    ("Entitlement: Maternity leave shall be 90 days. A nursing mother may also take breaks of one hour a day for 12 months.", (13,)),
    ("Entitlement: The insured woman is paid maternity benefit for a period of 17 weeks starting not more than 9 weeks before the expected week of birth.", (17,)),
    ("Entitlement: Three and a half months, of which 45 days before delivery.", (15,)),
    ("Entitlement: Women civil servants are entitled to 120 days and women in the private sector to 100 days.", (17, 14)),
    ("Entitlement: Four months. The leave may be extended by a further month at the request of the worker, without pay.", (17,)),
    ("Entitlement: The pregnant worker is entitled to forty-two days before her confinement and to forty-two days following it.", (12,)),
    ("Compulsory: 6 weeks after delivery.  Entitlement: Not more than 2 weeks before the probable date of confinement and not less than 6 weeks after it.", (8,)),
    ("Entitlement: Maternity leave with a duration of 28 weeks, divided between the parents as they choose; 14 weeks are reserved to the mother.", (28, 14)),
    ("Entitlement: The duration of leave is fixed at 20 weeks for the first and second child and 26 weeks from the third child on.", (20, 26)),
    ("Entitlement: Any female employee may be absent from work for a period not exceeding eight weeks, or up to ten weeks if a physician so advises.", (8,)),
    ("Compulsory: No provisions found.  Entitlement: 18 weeks, to be taken from the 34th week of pregnancy.", (18,)),
    ("Entitlement: From the beginning of the sixth week before the expected birth until the end of the twelfth week after the birth.", (18,)),
    ("Entitlement: 50 days with pay, counted from the date of delivery, plus 50 days without pay at her request.", (7,)),
    ("Entitlement: The leave starts four weeks before delivery and ends eight weeks after delivery.", (12,)),
    ("Entitlement: Maternity leave of 105 days is granted for live childbirth and 60 days for miscarriage.", (15,)),
    ("Entitlement: Antenatal: 4 weeks. Postnatal: 10 weeks.", (14,)),
    ("Entitlement: The mother is entitled to 3 months leave, one and a half months before and one and a half months after childbirth.", (13,)),
    ("Entitlement: A woman who gives her employer three weeks' written notice shall be granted 15 weeks of leave.", (15,)),
    ("Entitlement: Leave of absence totalling 22 weeks, seven of them after the birth of the child; the father may take two weeks.", (22,)),
    ("Entitlement: Two months before and two months after the birth, on the presentation of a medical certificate issued within 7 days.", (17,)),
    ("Entitlement: The worker enjoys 6 weeks of rest before childbirth and 8 weeks thereafter. Parental leave of one year may follow.", (14,)),
]
SHARES = [
    ("Amount: The mother receives her full salary.  Source: The employer.", (100,)),
    ("Amount: Full pay for the whole of the leave.  Source: State budget.", (100,)),
    ("Amount: Women on maternity leave continue to be paid their normal wage.  Source: Employer.", (100,)),
    ("Amount: The leave is taken without any loss of earnings.  Source: Employer (50%) and sickness fund (50%).", (100,)),
    ("Amount: Paid leave.  Source: Employer.", (100,)),
    ("Amount: Half pay.  Source: The employer.", (50,)),
    ("Amount: One half of her wages throughout the leave.  Source: Employer.", (50,)),
    ("Amount: Two thirds of average insured earnings in the last thirteen weeks.  Source: National insurance.", (66.7,)),
    ("Amount: 90 per cent of average weekly earnings for the first six weeks, followed by a flat rate.  Source: Employer, refunded by the State.", (90,)),
    ("Amount: 100% for the first 8 weeks and 60% for the remainder.  Source: Social security.", (100, 60)),
    (
        "Amount: 80 per cent of insured pay, up to a ceiling fixed each year by decree.  Source: Social insurance institution, financed by "
        "contributions of 8 per cent from employers and 4 per cent from workers.",
        (80,),
    ),
    ("Amount: The employee keeps her entire remuneration while she is on leave.  Source: Employer.", (100,)),
    ("Amount: Maternity leave is on full pay for those with a year of service; others receive half pay.  Source: Employer.", (100, 50)),
    ("Amount: The allowance equals the whole of the wage last received.  Source: Family allowance fund.", (100,)),
    ("Amount: Fully paid.  Source: Public treasury.", (100,)),
    ("Amount: She shall be paid as if she were at work.  Source: Employer.", (100,)),
    ("Amount: Seventy-five percent of the mean of the wages of the previous six months.  Source: Social security.", (75,)),
    ("Amount: 70% of the reference salary, the employer making up the difference to 100%.  Source: Mixed.", (70, 100)),
    ("Amount: All salary and benefits are maintained.  Source: Employer.", (100,)),
    ("Amount: Full wages, of which 50 per cent borne by the employer and 50 per cent by the social fund.  Source: Mixed.", (100,)),
    ("Amount: The benefit is the same as the average daily wage.  Source: Social insurance.", (100,)),
    ("Amount: With full pay for the first 60 days and with half pay after that.  Source: Employer.", (100, 50)),
    ("Amount: Her salary is paid in full.  Source: Employer.", (100,)),
    ("Amount: The worker is entitled to wages equal to those she was earning when the leave began.  Source: Employer.", (100,)),
    ("Amount: 100 per cent of covered earnings, with a minimum of 50 per cent of the national minimum wage.  Source: Social security.", (100,)),
    ("Amount: Daily cash benefit of 85% of net salary; not below 30 and not above 120 units a day.  Source: Health insurance.", (85,)),
    ("Amount: Maternity leave shall be paid.  Source: The employer.", (100,)),
    ("Amount: The equivalent of her full earnings.  Source: Compulsory insurance.", (100,)),
    ("Amount: No reduction in pay.  Source: Employer.", (100,)),
    ("Amount: Leave with pay.  Source: Employer.", (100,)),
    ("Amount: The total of her basic salary, without allowances.  Source: Employer.", (100,)),
    ("Amount: 65 percent of average earnings; mothers of small children 75 percent of them.  Source: State fund.", (65, 75)),
    ("Amount: She retains the right to her pay.  Source: Employer.", (100,)),
    ("Amount: One-hundred per cent of previous earnings for ten weeks.  Source: Social security. For women not covered, the employer pays 50% of wages.", (100,)),
    ("Amount: Employees in the public service receive 100 per cent of their pay. Others receive 60 per cent of their insured wages.  Source: Social fund.", (100, 60)),
    ("Amount: A grant equal to 14 weeks at 100 per cent of the contributory wage.  Source: Social security.", (100,)),
    ("Amount: 100 percent of the basic wage where she has served 12 months, 50 percent where she has served six.  Source: Employer.", (100, 50)),
    ("Amount: She is paid at her ordinary rate of pay.  Source: Employer.", (100,)),
    ("Amount: Three fourths of her pay.  Source: Employer.", (75,)),
    ("Amount: Entitled to the wages that she would have received had she worked.  Source: Employer.", (100,)),
]
NO_SHARE = [
    ("Amount: The leave is unpaid.  Source: None.", ()),
    ("Amount: Leave without pay.  Source: None.", ()),
    ("Amount: A flat weekly rate set by the minister.  Source: Social security.", ()),
]


@pytest.fixture
def said(standard):
    """Return a function: a quantity and the words of a note to the figure that is chosen and whether it is one of those that count as right."""
    asking = load_suite("maternity").options

    def read(quantity, words, right):
        note = Note("Utopia", "Isles", quantity, tuple(map(float, right)), words)
        chosen, _ = looked(note, asking[quantity]["heading"], standard.requirement(asking[quantity]["requirement"]), standard)
        return chosen, chosen is not None and same(chosen.value, chosen.parameter.unit, note)

    return read


@pytest.mark.parametrize(("quantity", "notes"), [(WEEKS, LENGTHS), (PERCENT, SHARES)])
def test_nearly_every_note_is_read_right(said, quantity, notes):
    wrong = [words for words, right in notes if not said(quantity, words, right)[1]]
    assert len(wrong) <= (1 - LEAST) * len(notes), wrong


@pytest.mark.parametrize(("words", "right"), NO_SHARE)
def test_a_note_without_a_share_says_none(said, words, right):
    assert said(PERCENT, words, right)[0] is None
