// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/separation_plan.h"

#include "core/audio/audio_reader.h"
#include "core/data/song_library.h"
#include "core/data/stem_names.h"
#include "core/separate/safe_file_name.h"
#include "core/separate/stem_files.h"
#include "core/support/bytes.h"
#include "core/support/system_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <map>
#include <system_error>
#include <unistd.h>

namespace headroom {
namespace {

namespace fs = std::filesystem;

/// Whether a file in an input folder has an extension of an audio format of libsndfile. Input files that are
/// given directly are not checked.
bool looksLikeAudio(const fs::path& path) {
    constexpr std::array extensions = {".wav",  ".wave", ".flac", ".aif", ".aiff", ".aifc", ".ogg", ".oga",
                                       ".opus", ".mp3",  ".caf",  ".w64", ".rf64", ".au",   ".snd"};
    std::string extension = path.extension().string();
    std::ranges::transform(extension, extension.begin(),
                           [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return std::ranges::find(extensions, extension) != extensions.end();
}

std::vector<fs::path> audioFilesIn(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator(folder, code)) {
        const bool hidden = entry.path().filename().string().starts_with('.');
        if (!hidden && entry.is_regular_file() && looksLikeAudio(entry.path()))
            files.push_back(entry.path());
    }
    if (code)
        throw Error(ErrorKind::Input, "cannot read the folder: " + code.message(), folder.string());
    if (files.empty())
        throw Error(ErrorKind::Input, "the folder has no audio files", folder.string());
    std::ranges::sort(files);
    return files;
}

StemOutput outputOf(const SeparationRequest& request, const SegmentModel& model) {
    StemOutput output;
    output.container = audioContainer(request.format);
    const bool isFlac = output.container == AudioContainer::Flac;
    output.encoding = sampleEncoding(!request.subtype.empty() ? request.subtype
                                     : isFlac                 ? "PCM_24"
                                                              : "FLOAT");
    output.stems = request.stems;
    if (output.stems.empty()) {
        output.stems = model.stems;
        if (std::ranges::find(model.stems, restName) == model.stems.end())
            output.stems.emplace_back(restName);
    }
    return output;
}

std::vector<fs::path> pathsOf(const SeparationJob& job) {
    std::vector<fs::path> paths;
    for (const std::string& stem : job.output.stems)
        paths.push_back(job.output.folder / (safeFileName(stem) + fileExtension(job.output.container)));
    return paths;
}

/// Size of the stem files of a job, bytes; for FLAC, an estimate of half the PCM size.
std::uintmax_t bytesOf(const SeparationJob& job, const AudioInfo& info) {
    const std::uintmax_t sampleBytes = job.output.encoding == SampleEncoding::Pcm16   ? 2
                                       : job.output.encoding == SampleEncoding::Pcm24 ? 3
                                                                                      : 4;
    const std::uintmax_t samples = static_cast<std::uintmax_t>(info.frames) * info.channels;
    const std::uintmax_t bytes = samples * sampleBytes * job.output.stems.size();
    return job.output.container == AudioContainer::Flac ? bytes / 2 : bytes;
}

/// Creates a folder and its missing parents. Appends those that it created to `created`, outermost first.
void makeFolder(const fs::path& folder, std::vector<fs::path>& created) {
    std::error_code code;
    if (const fs::path parent = folder.parent_path(); !parent.empty() && !fs::exists(parent, code))
        makeFolder(parent, created);
    if (fs::create_directory(folder, code))
        created.push_back(folder);
    else if (code)
        throw systemError("cannot create the folder", folder, code.value());
}

void checkExistingFiles(const std::vector<SeparationJob>& jobs, bool overwrite) {
    for (const SeparationJob& job : jobs) {
        for (const fs::path& path : pathsOf(job)) {
            std::error_code code;
            if (!fs::exists(path, code))
                continue;
            for (const SeparationJob& other : jobs) {
                if (fs::equivalent(path, other.input, code))
                    throw Error(ErrorKind::Input, "the stem would overwrite an input", path.string(),
                                "Choose another folder with -o.");
            }
            if (!overwrite)
                throw Error(ErrorKind::Input, "the file already exists", path.string(),
                            "Choose another folder with -o, or use --overwrite.");
        }
    }
}

void requireDiskSpace(const fs::path& folder, std::uintmax_t bytes) {
    std::error_code code;
    const fs::space_info space = fs::space(folder, code);
    if (!code && space.available < bytes)
        throw Error(ErrorKind::Failure,
                    fmt::format("the stems need {}, {} more than is free on the disk", formatBytes(bytes),
                                formatBytes(bytes - space.available)),
                    folder.string(), "Free disk space, write fewer stems, or use --format flac.");
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

} // namespace

std::vector<SeparationJob> planSeparation(const SeparationRequest& request, const SegmentModel& model) {
    const StemOutput output = outputOf(request, model);
    std::vector<SeparationJob> jobs;
    std::map<std::string, fs::path> inputByName;
    for (const fs::path input : request.inputs) {
        std::error_code code;
        for (const fs::path& file :
             fs::is_directory(input, code) ? audioFilesIn(input) : std::vector<fs::path>{input}) {
            const std::string name = safeFileName(songName(file));
            const auto [known, isNew] = inputByName.emplace(name, file);
            if (!isNew)
                throw Error(ErrorKind::Input,
                            fmt::format("two inputs would be written to the same folder '{}': {} and {}",
                                        name, known->second.string(), file.string()),
                            {}, "Separate them in two runs, into different folders.");
            SeparationJob& job = jobs.emplace_back();
            job.input = file;
            job.output = output;
            job.output.folder = fs::path(request.outputFolder) / name;
        }
    }
    return jobs;
}

void prepareOutputs(std::vector<SeparationJob>& jobs, const SegmentModel& model, bool overwrite) {
    checkExistingFiles(jobs, overwrite);
    std::uintmax_t bytes = 0;
    for (SeparationJob& job : jobs) {
        try {
            const AudioReader reader(job.input);
            const AudioInfo& info = reader.info();
            job.seconds = info.seconds();
            job.notice = info.notice;
            bytes += bytesOf(job, info);
            makeFolder(job.output.folder, job.created);
            const StemFiles opened(
                job.output.folder, model.stems, job.output.stems,
                {info.sampleRate, info.channels, info.frames, job.output.container, job.output.encoding});
        } catch (const Error& error) {
            const bool isInputs = error.where() == job.input.string();
            if (!isInputs || jobs.size() == 1)
                throw;
            job.error = error.message();
        }
    }
    if (!jobs.empty())
        requireDiskSpace(jobs.front().output.folder.parent_path(), bytes);
}

void removeEmptyFolders(const std::vector<SeparationJob>& jobs) {
    // In reverse, because the first job created the folder around those of all jobs.
    for (auto job = jobs.rbegin(); job != jobs.rend(); ++job) {
        for (auto folder = job->created.rbegin(); folder != job->created.rend(); ++folder)
            ::rmdir(folder->c_str()); // fails unless it is an empty folder
    }
}

} // namespace headroom
