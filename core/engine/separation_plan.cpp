// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/separation_plan.h"

#include "core/audio/audio_reader.h"
#include "core/config/model_kind.h"
#include "core/engine/separation_inputs.h"
#include "core/separate/load_model.h"
#include "core/separate/output_name.h"
#include "core/separate/safe_file_name.h"
#include "core/separate/stem_files.h"
#include "core/support/bytes.h"
#include "core/support/error.h"
#include "core/support/system_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <ctime>
#include <map>
#include <system_error>
#include <unistd.h>

namespace headroom {
namespace {

namespace fs = std::filesystem;

StemOutput outputOf(const SeparationRequest& request) {
    StemOutput output;
    output.container = audioContainer(request.format);
    output.encoding =
        request.subtype.empty() ? bestEncoding(output.container) : sampleEncoding(request.subtype);
    return output;
}

std::vector<std::string> stemsOf(const SeparationRequest& request, const SegmentModel& model) {
    if (!request.stems.empty())
        return request.stems;
    std::vector<std::string> stems = model.stems;
    if (std::ranges::find(model.stems, restName) == model.stems.end())
        stems.emplace_back(restName);
    return stems;
}

/// The model's name in the names of stem files: that of its weights file or, from a run, of the run folder.
std::string labelOf(const ModelSource& source, const OpenModel& model) {
    return source.run.empty() ? model.file.stem().string()
                              : fs::absolute(source.run).lexically_normal().filename().string();
}

/// Names stem files by the template of a request.
class StemNames {
public:
    StemNames(const SeparationRequest& request, const OpenModel& model)
        : folder_(request.outputFolder), stems_(stemsOf(request, model.segmentModel)),
          values_({{"file_name", ""},
                   {"instr", ""},
                   {"dir_name", ""},
                   {"model", labelOf(request.model, model)},
                   {"model_type", modelKindName(model.loaded->config.model.kind)},
                   {"start_time", std::to_string(std::time(nullptr))}}),
          name_(request.nameTemplate,
                {"file_name", "instr", "dir_name", "model", "model_type", "start_time"}) {}

    std::vector<StemFile> filesOf(const SeparationFile& song, AudioContainer container) {
        values_["file_name"] = song.name;
        values_["dir_name"] = fs::absolute(song.path).parent_path().filename().string();
        std::vector<StemFile> files;
        for (const std::string& stem : stems_) {
            values_["instr"] = stem;
            fs::path path = folder_;
            for (const fs::path& part : song.subfolder)
                path /= safeFileName(part.string());
            path /= name_.path(values_);
            path += fileExtension(container);
            files.push_back({stem, path});
        }
        return files;
    }

private:
    fs::path folder_;
    std::vector<std::string> stems_;
    NameValues values_;
    OutputName name_;
};

/// The frames of the part of a song. Throws Error (Input) if the song ends before it.
FrameRange rangeOf(const SeparationRequest& request, const AudioInfo& info, const fs::path& input) {
    const auto frameAt = [&](double seconds) {
        return static_cast<std::int64_t>(
            std::min(std::round(seconds * info.sampleRate), static_cast<double>(info.frames)));
    };
    const FrameRange range{frameAt(request.startSeconds.value_or(0)),
                           request.endSeconds ? frameAt(*request.endSeconds) : info.frames};
    if (range.first >= range.end)
        throw Error(ErrorKind::Input,
                    fmt::format("the part begins at {:.3f} s, but the song has {:.3f} s",
                                request.startSeconds.value_or(0), info.seconds()),
                    input.string(), "Choose an earlier --segment-start.");
    return range;
}

void checkPart(const SeparationRequest& request) {
    const double start = request.startSeconds.value_or(0);
    if (start < 0 || (request.endSeconds && *request.endSeconds <= start))
        throw Error(ErrorKind::Input, "the part of the songs is empty", {},
                    "--segment-end must be later than --segment-start.");
}

/// Size of the stem files of a job, bytes; for FLAC, an estimate of half the PCM size.
std::uintmax_t bytesOf(const SeparationJob& job, const AudioInfo& info) {
    const auto frames = static_cast<std::uintmax_t>(job.range.end - job.range.first);
    if (job.output.container == AudioContainer::Mp3)
        return frames * (mp3BitRate / 8) / info.sampleRate * job.output.files.size();
    const std::uintmax_t sampleBytes = job.output.encoding == SampleEncoding::Pcm16   ? 2
                                       : job.output.encoding == SampleEncoding::Pcm24 ? 3
                                                                                      : 4;
    const std::uintmax_t bytes = frames * info.channels * sampleBytes * job.output.files.size();
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
        for (const auto& [stem, path] : job.output.files) {
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

/// Otherwise it would fail only when the song has been separated.
void requireShortNames(const fs::path& path) {
    constexpr std::size_t longest = 255; // bytes, of the common file systems
    for (const fs::path& name : path) {
        if (const std::size_t bytes = name.native().size(); bytes > longest)
            throw Error(ErrorKind::Input,
                        fmt::format("a name in this path has {} bytes; files and folders may have {}", bytes,
                                    longest),
                        path.string(), "Choose a shorter --name.");
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

} // namespace

std::vector<SeparationJob> planSeparation(const SeparationRequest& request, const OpenModel& model) {
    checkPart(request);
    const StemOutput output = outputOf(request);
    StemNames names(request, model);
    std::vector<SeparationJob> jobs;
    std::map<fs::path, std::size_t> jobByOutput;
    for (const SeparationFile& song : separationFiles(request)) {
        SeparationJob& job = jobs.emplace_back();
        job.input = song.path;
        job.output = output;
        job.output.files = names.filesOf(song, output.container);
        for (const auto& [stem, path] : job.output.files) {
            requireShortNames(path);
            const SeparationJob& owner = jobs[jobByOutput.emplace(path, jobs.size() - 1).first->second];
            if (&owner != &job)
                throw Error(ErrorKind::Input,
                            fmt::format("two inputs would be written to the same file: {} and {}",
                                        owner.input.string(), song.path.string()),
                            path.string(),
                            "Separate them in two runs, into different folders, or choose another --name.");
        }
    }
    return jobs;
}

void prepareOutputs(std::vector<SeparationJob>& jobs, const SegmentModel& model,
                    const SeparationRequest& request) {
    checkExistingFiles(jobs, request.overwrite);
    std::uintmax_t bytes = 0;
    for (SeparationJob& job : jobs) {
        try {
            const AudioReader reader(job.input);
            const AudioInfo& info = reader.info();
            job.range = rangeOf(request, info, job.input);
            job.seconds = static_cast<double>(job.range.end - job.range.first) / info.sampleRate;
            job.notice = info.notice;
            bytes += bytesOf(job, info);
            for (const auto& [stem, path] : job.output.files)
                makeFolder(path.parent_path(), job.created);
            const StemFiles opened(job.output.files, model.stems,
                                   {info.sampleRate, info.channels, job.range.end - job.range.first,
                                    job.output.container, job.output.encoding});
        } catch (const Error& error) {
            const bool isInputs = error.where() == job.input.string();
            if (!isInputs || jobs.size() == 1)
                throw;
            job.error = error.message();
        }
    }
    if (!jobs.empty())
        requireDiskSpace(request.outputFolder, bytes);
}

void removeEmptyFolders(const std::vector<SeparationJob>& jobs) {
    // In reverse, because the first job created the folder around those of all jobs.
    for (auto job = jobs.rbegin(); job != jobs.rend(); ++job) {
        for (auto folder = job->created.rbegin(); folder != job->created.rend(); ++folder)
            ::rmdir(folder->c_str()); // fails unless it is an empty folder
    }
}

} // namespace headroom
