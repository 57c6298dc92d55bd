#include "core/data/song_folders.h"

#include "core/support/error.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <system_error>

namespace headroom {
namespace {

namespace fs = std::filesystem;

std::string lowerCase(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

bool isSoundFile(const fs::path& path) {
    constexpr std::array<std::string_view, 4> extensions = {".wav", ".flac", ".aif", ".aiff"};
    return std::ranges::count(extensions, lowerCase(path.extension().string())) > 0;
}

/// What is in a folder, by name, hidden entries left out.
std::vector<fs::directory_entry> entriesOf(const fs::path& folder) {
    std::error_code error;
    std::vector<fs::directory_entry> entries;
    for (fs::directory_iterator it(folder, error); !error && it != fs::directory_iterator();
         it.increment(error)) {
        if (!it->path().filename().string().starts_with('.'))
            entries.push_back(*it);
    }
    if (error) {
        throw Error(ErrorKind::Input, "cannot read the folder: " + error.message(), folder.string(),
                    error == std::errc::permission_denied ? "Check its permissions." : "");
    }
    std::ranges::sort(entries, {}, [](const fs::directory_entry& entry) { return entry.path().string(); });
    return entries;
}

void addSongs(const fs::path& parent, Split split, std::vector<SongFolder>& songs) {
    for (const fs::directory_entry& entry : entriesOf(parent)) {
        std::error_code error;
        if (!entry.is_directory(error))
            continue;
        SongFolder song{entry.path().filename().string(), split, entry.path(), {}};
        for (const fs::directory_entry& file : entriesOf(entry.path())) {
            if (isSoundFile(file.path()))
                song.files.push_back({file.path().stem().string(), file.path()});
        }
        if (!song.files.empty())
            songs.push_back(std::move(song));
    }
}

std::string remedyForNoSongs(const fs::path& root) {
    const auto entries = entriesOf(root);
    if (std::ranges::any_of(entries, [](const auto& entry) { return isSoundFile(entry.path()); }))
        return "This looks like one song: give the folder that holds the folders of the songs.";
    return "It should hold a folder for each song (or train/ and test/ with such folders) with a sound file "
           "for each stem, such as vocals.wav.";
}

} // namespace

std::string splitName(Split split) {
    return split == Split::Train ? "train" : "test";
}

std::vector<SongFolder> findSongFolders(const fs::path& root) {
    std::error_code error;
    if (!fs::is_directory(root, error)) {
        throw Error(ErrorKind::Input,
                    fs::exists(root, error) ? "this is not a folder" : "there is no such folder",
                    root.string(), "Give the folder of the data set (data.root).");
    }
    std::vector<SongFolder> songs;
    const bool hasTrain = fs::is_directory(root / "train");
    const bool hasTest = fs::is_directory(root / "test");
    if (hasTrain)
        addSongs(root / "train", Split::Train, songs);
    if (hasTest)
        addSongs(root / "test", Split::Test, songs);
    if (!hasTrain && !hasTest)
        addSongs(root, Split::Train, songs);
    if (songs.empty())
        throw Error(ErrorKind::Input, "there are no songs here", root.string(), remedyForNoSongs(root));
    return songs;
}

} // namespace headroom
