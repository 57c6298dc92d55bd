#include "ui/bridge/dataset_bridge.h"

#include <utility>

namespace headroom::ui {

DatasetBridge::DatasetBridge(std::unique_ptr<DatasetService> service)
    : mailbox_([this](const std::vector<DatasetEvent>& events) { deliver(events); }),
      service_(std::move(service)) {}

DatasetBridge::~DatasetBridge() = default;

void DatasetBridge::examine(const QString& root) {
    cancel();
    service_->examine(++number_, root.toStdString(),
                      [this](const DatasetEvent& event) { mailbox_.post(event); });
    setBusy(true);
}

void DatasetBridge::cancel() {
    if (!busy_)
        return;
    service_->cancel(number_);
    ++number_; // what was still said is late
    setBusy(false);
}

void DatasetBridge::setBusy(bool busy) {
    if (std::exchange(busy_, busy) != busy)
        Q_EMIT busyChanged(busy);
}

void DatasetBridge::deliver(const std::vector<DatasetEvent>& events) {
    for (const DatasetEvent& event : events) {
        if (std::visit([](const auto& said) { return said.number; }, event) != number_)
            continue;
        if (const auto* progress = std::get_if<DatasetProgress>(&event)) {
            Q_EMIT progressed(static_cast<int>(progress->done), static_cast<int>(progress->total));
            continue;
        }
        setBusy(false);
        if (const auto* examined = std::get_if<DatasetExamined>(&event))
            Q_EMIT this->examined(examined->report);
        else
            Q_EMIT refused(QString::fromStdString(std::get<DatasetRefused>(event).message));
    }
}

} // namespace headroom::ui
