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

/// The songs that are trained on and those that are validated with.
struct DividedSongs {
    std::vector<Song> training;   ///< at least one
    std::vector<Song> validation; ///< may be empty only for an empty list of names
    std::vector<std::string> notices;
};

/// Divides library.train and library.validation, the songs of valid/; library.test is never touched.
///
/// "musdb18": the songs of valid/ where there are any; those of train/ with the same names are left out, as
/// they would be validated with what they were trained on. Without valid/, the 14 of MUSDB18 among train/. A
/// share: at least one song of train/, chosen by the seed alone from the songs in order of their names.
/// Names: songs of train/ or valid/. Songs of valid/ that are not validated with are not used at all.
/// Notices say what comes of valid/.
///
/// Throws Error (Input): a name that is in neither folder, none of the 14 for "musdb18" (fewer give a
/// notice), an unknown word, no song left for training.
DividedSongs divideSongs(const SongLibrary& library, const ValidationSplit& validation, std::uint64_t seed);

} // namespace headroom
