#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace headroom {

/// The name under which a song's mixture is stored and asked for.
inline constexpr const char* mixtureName = "mixture";

enum class Split { Train, Validation, Test };

/// "train", "validation" or "test".
std::string splitName(Split split);

/// A sound file that stands for one stem, or for the mixture, of a song.
struct StemPath {
    std::string stem; ///< the file's name without its extension
    std::filesystem::path path;
};

/// A folder that holds a song, by its file names alone: nothing has been opened.
struct SongFolder {
    std::string name; ///< the folder's own name
    Split split = Split::Train;
    std::filesystem::path folder;
    std::vector<StemPath> files;               ///< by stem; "mixture" among them where there is one
    std::vector<std::filesystem::path> unread; ///< sound files of kinds that are not read, such as MP3
};

/// Something in a data set that looks like songs and is not used.
struct UnusedFolder {
    std::string why; ///< the same words for all of a kind: "holds no files"
    std::filesystem::path path;
};

struct SongFolders {
    std::vector<SongFolder> songs; ///< by split (train, validation, test) and name (byte order)
    std::vector<UnusedFolder> unused;
};

/// Leaves out the files that are neither the mixture nor one of these stems; with no stems it leaves all.
void keepStems(SongFolder& folder, const std::vector<std::string>& stems);

/// The songs of a data set.
///
/// Every folder in root/train, root/valid and root/test that holds sound files (.wav, .flac, .aif, .aiff) is
/// a song. Capitals do not matter; valid may be val or validation. Where there is neither train nor test,
/// every other folder in root itself is a song of the training split. Hidden files and folders are passed
/// over. Throws Error (Input) where the root is no folder, cannot be read, or holds no song in this layout;
/// the message names layouts of other programs.
SongFolders findSongFolders(const std::filesystem::path& root);

} // namespace headroom
