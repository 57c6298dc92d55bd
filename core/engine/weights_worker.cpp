// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/engine/engine_error.h"
#include "core/engine/export_weights.h"
#include "core/engine/job_worker.h"
#include "core/engine/services.h"

#include <exception>
#include <utility>

namespace headroom {
namespace {

class WeightsWorker final : public WeightsService {
public:
    void exportWeights(const ExportRequest& request,
                       std::function<void(const WeightsExported&)> answer) override {
        worker_.post(0, [request, answer = std::move(answer)](const std::stop_token&) {
            WeightsExported exported;
            try {
                exported.report = headroom::exportWeights(request);
            } catch (...) {
                exported.problem = engineError(std::current_exception()).message();
            }
            answer(exported);
        });
    }

private:
    JobWorker worker_;
};

} // namespace

std::unique_ptr<WeightsService> makeWeightsService() {
    return std::make_unique<WeightsWorker>();
}

} // namespace headroom
