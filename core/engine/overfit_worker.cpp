// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/engine_error.h"
#include "core/engine/job_worker.h"
#include "core/engine/overfit.h"
#include "core/engine/services.h"

#include <exception>

namespace headroom {
namespace {

class OverfitWorker final : public OverfitService {
public:
    void start(std::uint64_t number, const OverfitRequest& request,
               std::function<void(const OverfitEvent&)> sink) override {
        worker_.post(number, [=](const std::stop_token& stop) {
            try {
                sink(OverfitEnded{number, overfit(request, stop, [&](const OverfitProgress& progress) {
                                      sink(OverfitAdvanced{number, progress});
                                  })});
            } catch (...) {
                sink(OverfitFailed{number, engineError(std::current_exception())});
            }
        });
    }

    void cancel(std::uint64_t number) override { worker_.cancel(number); }

private:
    JobWorker worker_;
};

} // namespace

std::unique_ptr<OverfitService> makeOverfitService() {
    return std::make_unique<OverfitWorker>();
}

} // namespace headroom
