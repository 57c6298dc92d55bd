// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/data/song_library.h"

namespace headroom {

/// Finds files that are sums of other stems, which would otherwise count twice. Compares the samples of three
/// excerpts of 2 s, or of the entire song if it is short, and then checks the file names.
///
/// A file that is the sum of all stems becomes the mixture if the song has none, and is ignored otherwise;
/// its path is added to Song::sums. Throws Error (Input) for a sum of some of the stems, and for a file that
/// is a mixture or accompaniment by name but not by its samples. If the user has listed the stems, any sum
/// among them throws, and names are not checked. Throws Error (Input) for an unreadable file.
void resolveSums(Song& song, const AudioFormat& format, bool stemsAreNamed);

/// Why a file with this name cannot be a stem of a song with these stems: it is named like a mixture, or like
/// an accompaniment of instruments that are stems themselves. Empty if it can be one.
std::string nameProblem(const std::string& name, const std::vector<std::string>& stems);

/// "List the stems that add up to the mixture, as data.stems: [bass, vocals], or remove the file."
/// @param sums the names in `stems` that are sums and are not suggested
std::string sumRemedy(std::vector<std::string> stems, const std::vector<std::string>& sums);

} // namespace headroom
