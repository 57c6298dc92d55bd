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
// What a killed run leaves: songs in the making, or all of them on their way to where they belong.
constexpr const char* partialName = ".demo-songs.partial";
constexpr const char* wholeName = ".demo-songs.whole";
constexpr std::size_t mostThreads = 4; // a minute of song is 130 MB while it is made

void checkOptions(const DemoOptions& options) {
    const auto refuse = [](const std::string& what) { throw Error(ErrorKind::Input, what); };
    if (!(options.seconds >= 4 && options.seconds <= 600))
        refuse("demo songs can be 4 to 600 seconds long");
    for (const int songs : {options.trainSongs, options.testSongs}) {
        if (songs < 1 || songs > 1000)
            refuse("there can be 1 to 1000 demo songs to train on, and as many to test with");
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
        throw systemError("cannot make the folder", path, error.value());
}

/// Whether a run that was killed while it moved its songs had moved those of this split.
bool wasMoved(const fs::path& folder, const char* split) {
    std::error_code error;
    return fs::exists(folder / wholeName, error) && !fs::exists(folder / wholeName / split, error);
}

void checkIsNewOrEmpty(const fs::path& folder) {
    std::error_code error;
    const auto status = fs::status(folder, error);
    if (folder.empty())
        throw Error(ErrorKind::Input, "no folder is named", {}, "Name a new or an empty folder.");
    if (fs::exists(status) && !fs::is_directory(status))
        throw Error(ErrorKind::Input, "this is a file", folder.string(), "Name a new or an empty folder.");
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
                    "Name a new or an empty folder.");
}

/// The outermost folder on the way to `path` that is not there yet. A link that leads nowhere is there.
fs::path firstMissing(const fs::path& path) {
    std::error_code error;
    fs::path missing = path;
    for (fs::path parent = path.parent_path();
         !parent.empty() && fs::symlink_status(parent, error).type() == fs::file_type::not_found;
         parent = parent.parent_path())
        missing = parent;
    return missing;
}

/// A folder inside the target that is filled first; commit() moves the splits up. Without commit all that was
/// made is removed again, the target too where it is new.
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

    /// Makes the folder, in the place of one that a killed program left.
    void make() {
        makeFolders(target_);
        const fs::path ours = std::exchange(firstNew_, {}); // until the lock is ours, it may be another's
        lock();
        checkIsNewOrEmpty(target_); // the other may just have finished
        firstNew_ = ours;
        removeLeftovers();
        makeFolders(inside_);
    }

    const fs::path& path() const { return inside_; }

    void commit() {
        const fs::path whole = target_ / wholeName;
        rename(inside_, whole);
        // Last train: what looks like a dataset to train on is whole.
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
        leftovers.push_back(target_ / wholeName); // last: it tells whose `test` is
        for (const fs::path& leftover : leftovers) {
            std::error_code error;
            fs::remove_all(leftover, error);
            if (error)
                throw systemError("cannot remove the folder", leftover, error.value());
        }
    }

    /// Until this object is gone, or the program, no other takes what is in the target for a leftover.
    void lock() {
        descriptor_ = ::open(target_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0)
            return;
        const int code = errno;
        std::error_code error;
        if (code != EWOULDBLOCK && !fs::exists(inside_, error))
            return; // a file system without locks, and nothing to take for a leftover
        if (code != EWOULDBLOCK)
            throw systemError("cannot tell whether another program is writing", inside_, code);
        throw Error(ErrorKind::Failure, "another program is writing demo songs here", target_.string(),
                    "Wait for it, or name another folder.");
    }

    fs::path target_;
    fs::path inside_;
    fs::path firstNew_; ///< what to remove without commit
    int descriptor_ = -1;
};

void checkRoom(const fs::path& folder, const DemoOptions& options) {
    std::error_code error;
    const fs::space_info space = fs::space(folder, error);
    const std::uintmax_t needed = bytesOf(options);
    if (error || space.available >= needed)
        return;
    throw Error(ErrorKind::Failure,
                fmt::format("the songs take {}, {} more than is free on this disk", formatBytes(needed),
                            formatBytes(needed - space.available)),
                folder.parent_path().string(), "Make room, or ask for fewer or shorter songs.");
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

/// A seed for each song that does not depend on how many there are.
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
    pending.make();
    checkRoom(pending.path(), options);

    const int total = options.trainSongs + options.testSongs;
    std::mutex mutex;
    int done = 0;
    parallelFor(static_cast<std::size_t>(total), threadsUpTo(mostThreads), stop, [&](std::size_t number) {
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
