// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <string>
#include <string_view>

namespace headroom {

/// PyPI's index, or the mirror that pip would use: PIP_INDEX_URL.
std::string usualPackageIndex();

/// The page of a project in an index of the simple repository API (PEP 503):
/// "https://pypi.org/simple/torch/".
std::string projectPage(const std::string& index, const std::string& project);

/// A file that the page of a project lists.
struct IndexedFile {
    std::string url;
    std::string sha256; ///< lower case; empty if the index gives none
};

/// Finds a file on the page of a project (PEP 503: HTML with one link for each file). Throws Error (Failure)
/// if it is not there.
/// @param html the page
/// @param page its address, to which links may be relative
IndexedFile findIndexedFile(std::string_view html, const std::string& page, const std::string& file);

} // namespace headroom
