// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/data/song_library.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace headroom {

/// The validation songs of MUSDB18, from mus.yaml of the musdb package.
extern const std::array<std::string_view, 14> musdb18Validation;

struct DividedSongs {
    std::vector<Song> training;   ///< at least one
    std::vector<Song> validation; ///< empty only for an empty list of names
    std::vector<std::string> notices;
};

/// Selects training and validation songs from library.train and library.validation, the songs of valid/.
/// library.test is not used.
///
/// - "musdb18": the songs of valid/. Songs of train/ with the same names are skipped, since training on them
///   would invalidate the scores. Without valid/, the 14 validation songs of MUSDB18 in train/.
/// - A fraction in (0, 1): that share of train/, at least one song, chosen by the seed from the sorted names.
/// - Names: songs of train/ or valid/.
///
/// Songs of valid/ that are not selected for validation are not used. Notices report how valid/ is used.
///
/// Songs that are not complete are only trained on.
///
/// Throws Error (Input) for a name that is in neither folder, for "musdb18" without any of the 14 songs
/// (fewer than 14 give a notice), for an unknown value, and if no song is left for training.
DividedSongs divideSongs(const SongLibrary& library, const ValidationSplit& validation, std::uint64_t seed);

} // namespace headroom
