#pragma once

#include "core/data/song_library.h"

namespace headroom {

/// Finds files of a song that are sums of its stems, by samples (up to three excerpts of 2 s; the files' own
/// names where these do not decide), so that nothing counts twice.
///
/// A file that is the sum of all stems is taken as the mixture where there is none, and dropped otherwise;
/// its path goes to Song::sums. A sum of some stems throws Error (Input), as does a file whose name means a
/// mixture or an accompaniment and whose samples do not prove it. Where the user has named the stems, any sum
/// among them is refused, and names prove nothing. Throws Error (Input) for what cannot be read.
void settleSums(Song& song, const AudioFormat& form, bool stemsAreNamed);

/// Why a file of this name beside these stems must not be a stem, if that can be told; empty: it may be one.
/// For names that mean a mixture or, beside an instrument, an accompaniment.
std::string doubtAbout(const std::string& name, const std::vector<std::string>& stems);

/// "Name the stems that add up to the mixture, as data.stems: [bass, vocals], or remove the file."
/// @param sums those of `stems` that are sums
std::string sumRemedy(std::vector<std::string> stems, const std::vector<std::string>& sums);

} // namespace headroom
