"""Ordinary words of English that look like a slip of a name of the vocabulary, and are none.

Few publications speak of "dangers", and "dancers" is a letter away. The list is of our own, by measurement: of the
25,000 commonest words of English those that would be mended otherwise (`kb.search.spelling`), and with them the words
in which people ask whether something is safe. After many new names in the vocabulary, measure again.
"""

from __future__ import annotations

from kb.text import stems

ORDINARY = frozenset(
    stems(
        "acres acting addition adjutant aerial afraid allergic allergy alter amuse angel anklets archer arise "
        "artistic ashes atomic averse avoid awoke babes bad bag baldy banged bank bar bark bat batter bean beast beat "
        "beck bed beech behavior belay bella berth big billy binding birch bit bitter black blames blares blazes "
        "bleating bleed blending blond bloody bloom boats bod bolts boobs books boone boost booth bouts bowed bowl "
        "boxes boy braid brainy bran brawn breach bread breadth brian bring broke broken broker brood bruise brunt "
        "bugging bully bungee bungled buried burn burner burst butter camping cancel cannon car careers careful "
        "caress carnal carte carved casts caters caution caves cello center chain champ chance charge charity charles "
        "cheat chess chick chili chill chirp choir clacking clamp clarify clinking clocking clot clucking coasts "
        "coats coding colin collage colony color comic coming commuter complain complexion concert concession conning "
        "contraindicated contraption contrast contusion cooing cooked copping copying costa couch county course crack "
        "cramming craps crass creating creative crest crock crops crown crows curled cursed dairy daisy damage dances "
        "dangers daring death decay deceased deck decree della denial detention devise diarrhea die dis disco dismal "
        "divers dizzy drags dregs drives drums dyeing elevator elise embers emergency employers endanger enema "
        "eternal evens excels exorcise experienced fabled faint farce farther farting fatal fatter faucet fear "
        "feasting feather fecal fee fending fever fewer fiber fiction fiend filed filling finders finer fiver flesh "
        "flood flour foiled foosball forbidden forged forked formed fraction fracture froze fueling gentler germ "
        "gills girly glider glowing grain grand grant grasses grating grinning groan groping growling guide ham handy "
        "hangs hardball harm harmless harness hating hazard hazing header heady heaps hear heard hearth hearty heat "
        "heave hells herded heroes homeless horde horse house hunting hurling hurt hurtling hydra hygiene illness "
        "impart india indies infect infer infernal infraction inhibitor injure institutionalized insured intensify "
        "join jokes jonas killed kneel knew knitted knobs know labor lack lament lashing latest leading leafy leaping "
        "lease legion lengthy lesson leukemia lever licked limbo lining listing literal locker locket loner looked "
        "loosen looser loser louse loveliness lover loyal lucked lumber lunar lung lusting magma mainland makers "
        "makes malls mamma manor maria market marred masked massive material mates mayor medal meddle meditation "
        "menial message metal mil miles milky moaning mod moles month moo mooning moping morality morrow mourning "
        "mouse mowing muddle mules multiply neat needless nerve neutral neutron nice norman numb nurse olden order "
        "orthopedic otter pack paid paint pairs pan pansy parsons passage pasture patent patsy patter pawns pelvis "
        "penal persona petal phrase piles pin pine pint pitch plague plain planes planks plans plants plunged point "
        "pointy poison poker policy polite polls poster pot powder prayers premier premises prevent price print "
        "prostrate pubes public puffs pulley punch purse qualify quilt racing radial radio radium raging raided "
        "rained raking ranger ranting raping raring rash rat ration raving razed react readying reaping rearing "
        "recover rectum regal relay relied remain rental renting resorted retain rigging risk risky roach robbing "
        "roofing ruining rundown rupture rusting sacking safe safer safety scabs scaly scams scans scare scarf scary "
        "scones scope scorn scrapping sealed seared secretary sedated seedy seeks seems seeping selling sends senor "
        "sensors serious settling severe shaft shale sheds sheep sheer shelf shells shifty shine shiny ships shirt "
        "shone shoot shooter shore shorty shots shout sick sighs simpler simply simulation sin singles sings sinks "
        "sipping skate ski skiff skipped skulls slapped slate sleek slicing slick slighted slings slipper slots "
        "slower slump smear smell snaps sniff snorting snowing soars sorts sparring spear speedy spend spewed spice "
        "spied spike spill spins spiral spite spits splits spool spores sporty spout spring spurt stack stain stake "
        "stale stall stamp stare stars stats statue stave steed steep step sticky stings stinking stock stoke stole "
        "stomp stony stood stoop store stove strife strike stripe strive strobe stroke stuck stuff suckling sugary "
        "sulking supple swear sweated sweep swept swift swill swine swollen swore tapes tapped teaches teams tear "
        "tease teensy teeny tended tenner tenth thorough three thump tibia ticking timer tinkling toiled tommy torch "
        "torn touchy tough toxic trace tracer track tracy trader trail trainee trainer transmit trick tried tripped "
        "trough truce trust tumor tuning twister unsafe urgent usable usage ushers vagina value vents vicky vigor "
        "vomit vulgar wading wager wages waiter waits walter waning ward wares warning watery waver waxing weaves "
        "weekly weigh weight whale whine whiter whitey winner wives woken woman women wording world worried worse "
        "worsen worst worth wound woven wreck write"
    )
)
