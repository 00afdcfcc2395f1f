"""Mutants of what a home holds: hold is not apply, audience and grants, authorship (laws 2, 5, 12)."""

from __future__ import annotations

from tests.model.home import Answer, Home
from tests.model.laws import BY_COUNTY, CERT, COUNTY, GRANT, NOTHING, OWNERS, REVOKE
from tests.model.mutants import LEAK, LIVE, MISSING, OLD_STAMP, REFUSED, RESENT, SCOPE, breaking

# ----------------------------------------------------------------------------------------- law 2: hold is not apply


@breaking("2", "calm", REFUSED, SCOPE, RESENT)
class HoldsOnlyWhatItUnderstands(Home):
    """A kind of a newer program is not held."""

    def takes(self, package, op, stamp):
        return super().takes(package, op, stamp) and op.kind != "merge"


@breaking("2", "calm", REFUSED, SCOPE, RESENT)
class HoldsOnlyWhatApplies(Home):
    """A field against ownership is not held."""

    def takes(self, package, op, stamp):
        if not super().takes(package, op, stamp):
            return False
        county = self.units.get(op.device) == COUNTY
        return county or not any(OWNERS.get(name) == BY_COUNTY for name in op.fields)


# ----------------------------------------------------------------------------------------- law 5: aud and grants


@breaking("5", "forger", LEAK)
class BelievesAudienceOfTownship(Home):
    """Whom a township addresses may hold it."""

    def audience(self, op):
        return op.aud


@breaking("5", "forger", LEAK)
class BelievesGrantOfTownship(Home):
    """A grant counts whoever wrote it."""

    def grants(self, op):
        return op.kind == GRANT


@breaking("5", "forger", LIVE)
class BelievesCertificateOfTownship(Home):
    """A certificate counts whoever wrote it."""

    def believe_certificates(self, operations):
        for op in operations:
            if op.kind == CERT:
                self.learn(str(op.value("device")), str(op.value("unit")))


@breaking("5", "forger", LIVE, MISSING, SCOPE)
class BelievesRevocationOfTownship(Home):
    """A revocation counts whoever wrote it."""

    def revoked(self):
        return {str(op.value("device")) for op in self.held if op.kind == REVOKE}


@breaking("5", "calm", LEAK)
class GrantsTheWholeRecord(Home):
    """A grant is of all operations of the record, not of those of some units."""

    def reaches(self, op, unit, of):
        return bool(of) or super().reaches(op, unit, of)


@breaking("5", "calm", LEAK)
class LetsLocalOperationsTravel(Home):
    """What is for this disk alone goes into packages to the county."""

    def travelling(self):
        return self.held


@breaking("5", "calm", SCOPE, MISSING, RESENT)
class ForgetsGrants(Home):
    """A grant adds nothing."""

    def grants(self, op):
        return False


# ----------------------------------------------------------------------------------------- law 12: authorship


@breaking("12", "forger", "nothing forged is held")
class AsksForNoStamp(Home):
    """The county takes whatever a township brings."""

    def takes(self, package, op, stamp):
        return self.unit == COUNTY or super().takes(package, op, stamp)


@breaking("12", "forger", "nothing forged is held", "nothing outside its audience")
class TakesAnyStamp(Home):
    """The county takes what has any stamp."""

    def takes(self, package, op, stamp):
        return (self.unit == COUNTY and stamp is not None) or super().takes(package, op, stamp)


@breaking("12", "forger", "nothing forged is held", "nothing outside its audience")
class TakesAllFromSibling(Home):
    """A township takes operations of other units from its other PCs too."""

    def takes(self, package, op, stamp):
        return self.unit != COUNTY or super().takes(package, op, stamp)


@breaking("12", "faults", REFUSED)
class TakesNothingBack(Home):
    """A stamp lets nothing in: the county's own work does not come back to it."""

    def takes(self, package, op, stamp):
        return self.units.get(op.device) == package.unit or (self.unit != COUNTY and super().takes(package, op, stamp))


@breaking("12", "calm", REFUSED)
class LosesStamps(Home):
    """A township does not keep the county's stamps."""

    def export(self, unit, welcome=""):
        if self.unit != COUNTY:
            self.stamps.clear()
        return super().export(unit, welcome)


@breaking("12", "forger", RESENT)
class ForgetsWhatItRefused(Home):
    """What was refused does not count in the digest."""

    def believed(self, device):
        return self.known.get(device, NOTHING)


@breaking("12", "scene a_sibling_brings_the_work_of_a_new_pc", REFUSED)
class TakesCertificatesLast(Home):
    """The operations of a package are judged before its certificates are read."""

    def in_turn(self, package):
        return super().in_turn(package)[::-1]


@breaking("12", "calm", REFUSED, LEAK)
class SendsAllToSibling(Home):
    """A township sends its other PCs all that it holds."""

    def share(self, unit):
        return self.travelling() if unit == self.unit else super().share(unit)


@breaking("12", "calm", "what is stopped is set aside")
class ImportsFromTheStopped(Home):
    """Packages of a revoked device are imported."""

    def look_at(self, package):
        answer = super().look_at(package)
        return Answer.IMPORTED if answer is Answer.ASIDE else answer


@breaking("12", "scene a_stopped_pc_of_the_county_writes_on", OLD_STAMP)
class ChecksNoStampNumber(Home):
    """A stamp with any secret of the county lets in what it stamps."""

    def doubts_stamp(self, package, op, stamp):
        return False


@breaking("12", "scene a_stopped_pc_of_the_county_writes_on", OLD_STAMP)
class KeepsTheSecret(Home):
    """A PC of the county is stopped, and the secret that it knows stays in use."""

    def enter(self, op, stamp=None):
        secrets = self.secrets
        super().enter(op, stamp)
        self.secrets = secrets
        return op


@breaking("12", "scene the_county_forgets_its_new_secret", REFUSED, MISSING)
class ForgetsItsSecrets(Home):
    """A later secret of the county was on one disk alone, and is gone with it."""

    def genuine(self, op, stamp):
        self.has_root = False
        return super().genuine(op, stamp)


@breaking("12", "scene a_stopped_pc_of_the_county_writes_on", REFUSED)
class RefusesWhatItDoubts(Home):
    """What an old stamp speaks for is refused like a forgery, and reported as one."""

    def take(self, package):
        taken = super().take(package)
        self.loud += tuple(self.aside.get(package.id, ()))
        return taken
