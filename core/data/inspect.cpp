// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/inspect.h"

#include "core/data/data_roots.h"
#include "core/data/inspect_findings.h"
#include "core/data/inspect_song.h"
#include "core/support/parallel_for.h"

#include <algorithm>
#include <mutex>

namespace headroom {

std::optional<DatasetReport> inspectDataset(const std::filesystem::path& root,
                                            const InspectionProgress& progress, const std::stop_token& stop,
                                            const std::vector<std::string>& stems,
                                            const std::vector<std::string>& moreRoots) {
    constexpr std::size_t maxThreads = 4;
    std::vector<std::string> unused;
    SongFolders found = findAllSongFolders(root.string(), moreRoots, unused);
    std::vector<SongFolder>& folders = found.songs;
    std::ranges::stable_sort(folders, {}, &SongFolder::split);
    DatasetReport report{root.string(), std::vector<SongReport>(folders.size()), {}};
    for (SongFolder& folder : folders) {
        nameStems(folder, stems);
        keepStems(folder, stems);
        if (std::ranges::find(report.layouts, folder.layout) == report.layouts.end())
            report.layouts.push_back(folder.layout);
    }
    std::mutex mutex;
    std::size_t done = 0;
    parallelFor(folders.size(), threadsUpTo(maxThreads), stop, [&](std::size_t i) {
        report.songs[i] = inspectSong(folders[i], stop);
        const std::lock_guard lock(mutex);
        ++done;
        if (progress)
            progress(done, folders.size());
    });
    if (stop.stop_requested())
        return std::nullopt;
    report.problems = findProblems(report.songs, stems, unused, unalignedSongs(folders));
    return report;
}

} // namespace headroom
