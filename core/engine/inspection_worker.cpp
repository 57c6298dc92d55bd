// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/inspect.h"
#include "core/demo/songs.h"
#include "core/engine/engine_error.h"
#include "core/engine/job_worker.h"
#include "core/engine/services.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace headroom {
namespace {

class InspectionWorker final : public DatasetService {
public:
    void inspect(std::uint64_t number, const std::string& root, const std::vector<std::string>& stems,
                 std::function<void(const DatasetEvent&)> sink) override {
        worker_.post(number, [number, root, stems, sink = std::move(sink)](const std::stop_token& stop) {
            const auto progress = [&](std::size_t done, std::size_t total) {
                sink(DatasetProgress{number, done, total});
            };
            try {
                auto report = inspectDataset(root, progress, stop, stems);
                if (report)
                    sink(DatasetInspected{number, std::move(*report)});
            } catch (...) {
                sink(DatasetRefused{number, engineError(std::current_exception()).message()});
            }
        });
    }

    void composeDemoSongs(std::uint64_t number, const std::string& folder,
                          std::function<void(const DatasetEvent&)> sink) override {
        worker_.post(number, [number, folder, sink = std::move(sink)](const std::stop_token& stop) {
            const auto progress = [&](int done, int total) {
                sink(
                    DatasetProgress{number, static_cast<std::size_t>(done), static_cast<std::size_t>(total)});
            };
            try {
                // writeDemoSongs() creates train/ last, so existing songs are complete.
                if (std::filesystem::exists(std::filesystem::path(folder) / "train") ||
                    writeDemoSongs(folder, {}, progress, stop))
                    sink(DemoSongsComposed{number, folder});
            } catch (...) {
                sink(DatasetRefused{number, engineError(std::current_exception()).message()});
            }
        });
    }

    void cancel(std::uint64_t number) override { worker_.cancel(number); }

private:
    JobWorker worker_;
};

} // namespace

std::unique_ptr<DatasetService> makeDatasetService() {
    return std::make_unique<InspectionWorker>();
}

} // namespace headroom
