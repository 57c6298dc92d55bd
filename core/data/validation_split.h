#pragma once

#include "core/config/run_config.h"
#include "core/data/song_library.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace headroom {

/// The validation songs of MUSDB18, as the musdb package (mus.yaml) names them.
extern const std::array<std::string_view, 14> musdb18Validation;

/// The training split, divided.
struct DividedSongs {
    std::vector<Song> training;   ///< at least one
    std::vector<Song> validation; ///< may be empty only for an empty list of names
    std::vector<std::string> notices;
};

/// Divides library.train; library.test is never touched. A share is at least one song, chosen by the seed
/// alone from the songs in order of their names. Throws Error (Input): a name that is not among the training
/// songs, none of the 14 for "musdb18" (fewer give a notice), an unknown word, no song left for training.
DividedSongs divideSongs(const SongLibrary& library, const ValidationSplit& validation, std::uint64_t seed);

} // namespace headroom
