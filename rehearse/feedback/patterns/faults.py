"""Words for what is wrong with a person: a blow when said of the partner, a comfort when denied of them."""

FAULTS = """
    selfish paranoid crazy insane impossible controlling needy clingy dramatic sensitive childish immature lazy
    hysterical demanding unreasonable irrational mental critical negative manipulative passive_aggressive
    hypocrite hypocritical insecure touchy spoiled spoilt ungrateful thin_skinned vindictive nasty petty difficult
    unfair emotional fragile obsessed neurotic moody bossy toxic judgmental stubborn nagging nag_nag_nag cold mean
    ridiculous jealous precious high_maintenance hard_work soft uptight exhausting careless thoughtless
    inconsiderate stupid rude harsh cruel unkind useless
"""
