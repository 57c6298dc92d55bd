// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/separation_inputs.h"

#include "core/data/song_library.h"
#include "core/data/stem_names.h"
#include "core/support/error.h"
#include "core/values/audio_suffixes.h"

#include <algorithm>
#include <system_error>

namespace headroom {
namespace {

namespace fs = std::filesystem;

bool isHidden(const fs::path& path) {
    return path.filename().string().starts_with('.');
}

/// The audio files of a folder, and the folders in it.
struct FolderContents {
    std::vector<fs::path> files;
    std::vector<fs::path> folders;
};

FolderContents contentsOf(const fs::path& folder) {
    FolderContents contents;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(folder, code)) {
        if (isHidden(entry.path()))
            continue;
        if (entry.is_regular_file() && hasAudioSuffix(entry.path()))
            contents.files.push_back(entry.path());
        else if (entry.is_directory() && !entry.is_symlink())
            contents.folders.push_back(entry.path());
    }
    if (code)
        throw Error(ErrorKind::Input, "cannot read the folder: " + code.message(), folder.string());
    std::ranges::sort(contents.files);
    std::ranges::sort(contents.folders);
    return contents;
}

bool hasStemBeside(const fs::path& file) {
    std::error_code code;
    const fs::directory_iterator folder(fs::absolute(file).parent_path(), code);
    return std::any_of(begin(folder), end(folder), [](const fs::directory_entry& entry) {
        return isStemFile(entry.path()) && isCommonStem(stemName(entry.path()));
    });
}

/// The file name without extension, but for the mixture of a song folder the name of that folder: in a data
/// set, all mixtures have the same file name. A file "mix" without stems beside it may be any song.
std::string songName(const fs::path& file) {
    const fs::path folder = fs::absolute(file).parent_path().filename();
    const std::string name = stemName(file);
    const bool isMixture = name == mixtureName || (isMixtureName(name) && hasStemBeside(file));
    return (isMixture && !folder.empty() ? folder : file.stem()).string();
}

/// Collects the files of folders.
class FileCollector {
public:
    explicit FileCollector(const SeparationRequest& request) : request_(request) {}

    void addFile(const fs::path& file, const fs::path& subfolder) {
        files_.push_back({file, songName(file), subfolder});
    }

    void addFolder(const fs::path& folder, const fs::path& subfolder) {
        const FolderContents contents = contentsOf(folder);
        for (const fs::path& file : contents.files)
            addFile(file, subfolder);
        for (const fs::path& inner : contents.folders) {
            std::error_code code;
            if (request_.recursive && !fs::equivalent(inner, request_.outputFolder, code))
                addFolder(inner, subfolder / inner.filename());
        }
    }

    void addInput(const fs::path& input) {
        std::error_code code;
        if (!fs::is_directory(input, code)) {
            addFile(input, {});
            return;
        }
        const std::size_t before = files_.size();
        addFolder(input, {});
        if (files_.size() == before)
            throw Error(ErrorKind::Input, "the folder has no audio files", input.string(),
                        request_.recursive ? "" : "Use --recursive to search its subfolders.");
    }

    std::vector<SeparationFile> take() { return std::move(files_); }

private:
    const SeparationRequest& request_;
    std::vector<SeparationFile> files_;
};

} // namespace

std::vector<SeparationFile> separationFiles(const SeparationRequest& request) {
    FileCollector collector(request);
    for (const std::string& input : request.inputs)
        collector.addInput(input);
    return collector.take();
}

} // namespace headroom
