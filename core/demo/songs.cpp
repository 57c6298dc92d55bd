// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/demo/songs.h"

#include "core/audio/audio_file.h"
#include "core/demo/random.h"
#include "core/demo/song.h"
#include "core/support/bytes.h"
#include "core/support/parallel_for.h"
#include "core/support/system_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <mutex>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace headroom {
namespace {

namespace fs = std::filesystem;

constexpr int sampleRate = 44100;
constexpr const char* partialName = ".demo-songs.partial"; // incomplete songs
constexpr const char* wholeName = ".demo-songs.whole";     // complete songs that are being moved
constexpr std::size_t maxThreads = 4;                      // rendering takes 130 MB per minute of a song

void checkOptions(const DemoOptions& options) {
    const auto refuse = [](const std::string& what) { throw Error(ErrorKind::Input, what); };
    if (!(options.seconds >= 4 && options.seconds <= 600))
        refuse("demo songs can be 4 to 600 seconds long");
    for (const int songs : {options.trainSongs, options.testSongs}) {
        if (songs < 1 || songs > 1000)
            refuse("there can be 1 to 1000 training songs and 1 to 1000 test songs");
    }
}

std::uintmax_t bytesOf(const DemoOptions& options) {
    const auto frames = static_cast<std::uintmax_t>(options.seconds * sampleRate);
    const auto songs =
        static_cast<std::uintmax_t>(options.trainSongs) + static_cast<std::uintmax_t>(options.testSongs);
    return songs * 5 * (frames * 4 + 4096);
}

void makeFolders(const fs::path& path) {
    std::error_code error;
    fs::create_directories(path, error);
    if (error)
        throw systemError("cannot create the folder", path, error.value());
}

/// Whether a killed run had already moved the songs of this split.
bool wasMoved(const fs::path& folder, const char* split) {
    std::error_code error;
    return fs::exists(folder / wholeName, error) && !fs::exists(folder / wholeName / split, error);
}

void checkIsNewOrEmpty(const fs::path& folder) {
    std::error_code error;
    const auto status = fs::status(folder, error);
    if (folder.empty())
        throw Error(ErrorKind::Input, "no folder was given", {}, "Choose a new or empty folder.");
    if (fs::exists(status) && !fs::is_directory(status))
        throw Error(ErrorKind::Input, "this is a file", folder.string(), "Choose a new or empty folder.");
    if (!fs::exists(status))
        return;
    fs::directory_iterator entries(folder, error);
    const bool testWasMoved = wasMoved(folder, "test");
    const auto isForeign = [&](const fs::directory_entry& entry) {
        const fs::path name = entry.path().filename();
        return name != partialName && name != wholeName && !(name == "test" && testWasMoved);
    };
    if (!error && std::any_of(begin(entries), end(entries), isForeign))
        throw Error(ErrorKind::Input, "the folder is not empty", folder.string(),
                    "Choose a new or empty folder.");
}

/// The outermost missing folder of `path`. A dangling symbolic link counts as existing.
fs::path firstMissing(const fs::path& path) {
    std::error_code error;
    fs::path missing = path;
    for (fs::path parent = path.parent_path();
         !parent.empty() && fs::symlink_status(parent, error).type() == fs::file_type::not_found;
         parent = parent.parent_path())
        missing = parent;
    return missing;
}

/// A temporary folder inside the target; commit() moves the splits to the target. Without commit(), the
/// destructor removes all created folders, including the target if it is new.
class PendingFolder {
public:
    explicit PendingFolder(const fs::path& target)
        : target_(target), inside_(target / partialName), firstNew_(firstMissing(inside_)) {}
    PendingFolder(const PendingFolder&) = delete;
    PendingFolder& operator=(const PendingFolder&) = delete;
    ~PendingFolder() {
        std::error_code error;
        if (!firstNew_.empty())
            fs::remove_all(firstNew_, error);
        if (descriptor_ >= 0)
            ::close(descriptor_);
    }

    /// Creates the folder and removes leftovers of a killed program.
    void create() {
        makeFolders(target_);
        const fs::path firstNew =
            std::exchange(firstNew_, {}); // without the lock, it may belong to another program
        lock();
        checkIsNewOrEmpty(target_); // another program may just have finished
        firstNew_ = firstNew;
        removeLeftovers();
        makeFolders(inside_);
    }

    const fs::path& path() const { return inside_; }

    void commit() {
        const fs::path whole = target_ / wholeName;
        rename(inside_, whole);
        // Move train last: if it exists, the data set is complete.
        for (const char* split : {"test", "train"})
            rename(whole / split, target_ / split);
        std::error_code error;
        fs::remove(whole, error);
        firstNew_.clear();
    }

private:
    static void rename(const fs::path& from, const fs::path& to) {
        std::error_code error;
        fs::rename(from, to, error);
        if (error)
            throw systemError("cannot rename the folder", from, error.value());
    }

    void removeLeftovers() const {
        std::vector<fs::path> leftovers = {inside_};
        if (wasMoved(target_, "test"))
            leftovers.push_back(target_ / "test");
        leftovers.push_back(target_ / wholeName); // last, since it shows that test/ is a leftover
        for (const fs::path& leftover : leftovers) {
            std::error_code error;
            fs::remove_all(leftover, error);
            if (error)
                throw systemError("cannot remove the folder", leftover, error.value());
        }
    }

    /// Locks the target for the lifetime of this object, so that no other program removes its files as
    /// leftovers.
    void lock() {
        descriptor_ = ::open(target_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0)
            return;
        const int code = errno;
        std::error_code error;
        if (code != EWOULDBLOCK && !fs::exists(inside_, error))
            return; // the file system does not support locks, and there are no leftovers
        if (code != EWOULDBLOCK)
            throw systemError("cannot determine whether another program is writing", inside_, code);
        throw Error(ErrorKind::Failure, "another program is writing demo songs to this folder",
                    target_.string(), "Wait until it has finished, or choose another folder.");
    }

    fs::path target_;
    fs::path inside_;
    fs::path firstNew_; ///< outermost created folder, removed without commit()
    int descriptor_ = -1;
};

void checkDiskSpace(const fs::path& folder, const DemoOptions& options) {
    std::error_code error;
    const fs::space_info space = fs::space(folder, error);
    const std::uintmax_t needed = bytesOf(options);
    if (error || space.available >= needed)
        return;
    throw Error(ErrorKind::Failure,
                fmt::format("the songs need {}, {} more than is free on the disk", formatBytes(needed),
                            formatBytes(needed - space.available)),
                folder.parent_path().string(), "Free disk space, or choose fewer or shorter songs.");
}

void writeSong(const fs::path& folder, const demo::DemoSong& song) {
    const AudioSpec spec{.sampleRate = sampleRate, .encoding = SampleEncoding::Pcm16};
    makeFolders(folder);
    writeAudio(folder / "vocals.wav", song.vocals, spec);
    writeAudio(folder / "drums.wav", song.drums, spec);
    writeAudio(folder / "bass.wav", song.bass, spec);
    writeAudio(folder / "other.wav", song.other, spec);
    writeAudio(folder / "mixture.wav", song.mixture, spec);
}

/// The seed of a song. It does not depend on the number of songs.
std::uint64_t songSeed(std::uint64_t seed, bool test, int index) {
    demo::Random random(seed);
    const std::uint64_t base = random.next();
    return demo::Random(base + 2 * static_cast<std::uint64_t>(index) + (test ? 1 : 0)).next();
}

} // namespace

bool writeDemoSongs(const fs::path& folder, const DemoOptions& options, const DemoProgress& progress,
                    const std::stop_token& stop) {
    checkOptions(options);
    checkIsNewOrEmpty(folder);
    std::error_code unknown;
    const fs::path target = fs::weakly_canonical(folder, unknown);
    PendingFolder pending(unknown ? folder : target);
    pending.create();
    checkDiskSpace(pending.path(), options);

    const int total = options.trainSongs + options.testSongs;
    std::mutex mutex;
    int done = 0;
    parallelFor(static_cast<std::size_t>(total), threadsUpTo(maxThreads), stop, [&](std::size_t number) {
        const bool test = static_cast<int>(number) >= options.trainSongs;
        const int index = static_cast<int>(number) - (test ? options.trainSongs : 0);
        const auto song = demo::renderDemoSong(songSeed(options.seed, test, index), options.seconds);
        const std::string name = fmt::format("demo_{}_{:02}", test ? "test" : "train", index + 1);
        writeSong(pending.path() / (test ? "test" : "train") / name, song);
        const std::lock_guard lock(mutex);
        ++done;
        if (progress)
            progress(done, total);
    });
    if (stop.stop_requested())
        return false;
    pending.commit();
    return true;
}

} // namespace headroom
