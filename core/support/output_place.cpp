// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/support/output_place.h"

#include "core/support/error.h"

#include <sys/stat.h>

namespace headroom {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const char* what, const fs::path& path, const char* remedy = "Name another file.") {
    throw Error(ErrorKind::Input, what, path.string(), remedy);
}

fs::path followLinks(const fs::path& named) {
    constexpr int mostLinks = 40; // the limit of Linux
    fs::path path = named;
    for (int link = 0; link < mostLinks; ++link) {
        std::error_code notALink;
        const fs::path next = fs::read_symlink(path, notALink);
        if (notALink)
            return path;
        // A link to an open file, such as /dev/stdout: a process that has it open would not see the
        // replacement.
        if (path.native().starts_with("/proc/"))
            refuse("this refers to a file that is already open", named, "Name the file itself.");
        path = path.parent_path() / next;
    }
    refuse("this symbolic link is circular", named);
}

} // namespace

OutputPlace outputPlace(const fs::path& named) {
    struct stat status {};
    if (::stat(named.c_str(), &status) != 0)
        return {followLinks(named)};
    switch (status.st_mode & S_IFMT) {
    case S_IFREG:
        return {followLinks(named)};
    case S_IFIFO:
    case S_IFCHR:
        return {named, true};
    case S_IFDIR:
        refuse("this is a folder", named, "Name a file inside it.");
    case S_IFBLK:
        refuse("this is a block device", named);
    default:
        refuse("this is not a file that can be written", named);
    }
}

void requireFree(const fs::path& named, bool overwrite) {
    if (named.empty())
        throw Error(ErrorKind::Input, "the name of the output is empty", {}, "Name a file with -o.");
    const OutputPlace place = outputPlace(named);
    if (place.isStream)
        return;
    std::error_code error;
    if (!named.has_filename())
        refuse("this names a folder", named, "Name a file inside it.");
    const fs::path folder = place.path.parent_path();
    if (!folder.empty() && !fs::is_directory(folder, error))
        refuse(fs::exists(folder, error) ? "the file cannot be created: its folder is a file"
                                         : "the file cannot be created: its folder does not exist",
               named, "Create the folder first, or choose another path.");
    if (!overwrite && fs::exists(place.path, error))
        refuse("the file already exists", named, "Choose another path, or use --overwrite.");
}

void requireOtherFile(const fs::path& output, const fs::path& input) {
    std::error_code error;
    if (fs::equivalent(output, input, error))
        refuse("this is the file that is read", output, "Choose another path for the output.");
}

} // namespace headroom
