"""Words by which two people know that they have the same key: read out on the telephone, they are compared by ear.

Six words of 256 are 48 bits. Whoever looks for a key of their own with the same words has to try some 10¹⁴ of them, and
`scrypt` (RFC 7914) makes each take about 50 ms: millions of years of a core.
"""

import hashlib

COUNT = 6
_COST = 2**14
_WORDS = tuple(
    """
acorn actor album alley amber angel ankle apple apron arrow atlas attic aunt autumn bacon badge baker bamboo banjo bank
barn basil basket beach beard bench berry bishop blanket bottle boulder bowl branch bread breeze brick bridge broom
brush bucket buffalo bugle butter button cabin cactus cake camel camera canal candle canoe canyon carpet carrot castle
cellar chalk cheese cherry chimney church cider circle cliff clock cloud clover coat cobweb coffee comet compass copper
coral corner cotton cousin cradle crane crayon cricket crown cuckoo curtain daisy dancer dawn desert diamond dinner
dolphin donkey dragon drawer drum duck eagle echo elbow elephant emerald engine evening falcon farmer feather fence
fiddle finger flute forest fossil fountain fox garden garlic giant ginger giraffe glacier glove goose grape gravel
guitar hammer harbour harvest hazel hedge helmet heron hill honey hotel igloo island ivory jacket jelly jewel jigsaw
jungle kettle kitchen kitten ladder lagoon lantern laurel lemon letter library lilac lion lobster lizard magnet mango
maple marble market meadow melon mirror monkey moss mountain muffin mushroom napkin needle nutmeg oasis ocean olive
onion orange orchard otter oven owl paddle palace panda paper parrot pasture peanut pebble pelican pencil pepper piano
pigeon pillow planet plum pocket pony potato prairie puddle pumpkin puppet quarry rabbit radish raven ribbon river
robin rocket saddle saffron salmon scarf shadow shepherd silver sparrow spider spoon squirrel statue summer sunset
swan table tailor teapot temple thunder tiger timber tomato trumpet tulip tunnel turtle umbrella valley velvet
village violin volcano waffle walnut wagon window winter wizard yellow zebra zipper
""".split()  # noqa: SIM905  so many are read more easily so
)


def key_words(key: str) -> str:
    """The words for a public key, with a space between."""
    digest = hashlib.scrypt(key.encode(), salt=b"rehearse key words 1", n=_COST, r=8, p=1, dklen=COUNT)
    return " ".join(_WORDS[each] for each in digest)


assert len(set(_WORDS)) == len(_WORDS) == 256
