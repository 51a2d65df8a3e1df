"""Words for people who are studied, as the readers of samples and groups look for them."""

from __future__ import annotations

# A person's role, age, sex or calling. "Cases" and "controls" count people in some designs only; not here.
PEOPLE = (
    r"(?:patients?|participants?|subjects?|wom[ae]n|m[ae]n|adults?|children|child|infants?|neonates?|newborns?|babies|"
    r"preterms?|volunteers?|individuals?|people|persons?|students?|athletes?|mothers?|survivors?|workers?|players?|"
    r"nurses?|residents?|females?|males?|girls?|boys?|adolescents?|elders?|outpatients?|inpatients?|veterans?|runners?|"
    r"parturients?|primiparas?|nulliparas?|employees|smokers|couples|dyads|respondents|therapists|seniors|youths?|"
    r"teachers|caregivers|carers|families|members|beneficiaries|recruits|soldiers|musicians|dancers|cyclists|swimmers|"
    r"practitioners|sufferers|enrollees)"
)
