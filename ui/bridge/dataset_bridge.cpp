#include "ui/bridge/dataset_bridge.h"

#include <utility>

namespace headroom::ui {

DatasetBridge::DatasetBridge(std::unique_ptr<DatasetService> service)
    : mailbox_("dataset", [this](const std::vector<DatasetEvent>& events) { deliver(events); }),
      service_(std::move(service)) {}

DatasetBridge::~DatasetBridge() = default;

void DatasetBridge::examine(const QString& root) {
    cancel();
    setExamining(++number_);
    service_->examine(number_, root.toStdString(),
                      [this](const DatasetEvent& event) { mailbox_.post(event); });
}

void DatasetBridge::cancel() {
    if (!busy())
        return;
    service_->cancel(examining_);
    setExamining(0);
}

void DatasetBridge::composeDemoSongs(const QString& folder) {
    composing_ = ++number_;
    service_->composeDemoSongs(composing_, folder.toStdString(),
                               [this](const DatasetEvent& event) { mailbox_.post(event); });
}

void DatasetBridge::setExamining(std::uint64_t number) {
    const bool was = busy();
    examining_ = number;
    if (was != busy())
        Q_EMIT busyChanged(busy());
}

void DatasetBridge::deliver(const std::vector<DatasetEvent>& events) {
    for (const DatasetEvent& event : events) {
        const std::uint64_t number = std::visit([](const auto& said) { return said.number; }, event);
        if (number == examining_)
            deliverExamination(event);
        else if (number == composing_)
            deliverComposition(event);
    }
}

void DatasetBridge::deliverExamination(const DatasetEvent& event) {
    if (const auto* progress = std::get_if<DatasetProgress>(&event)) {
        Q_EMIT progressed(static_cast<int>(progress->done), static_cast<int>(progress->total));
        return;
    }
    setExamining(0);
    if (const auto* done = std::get_if<DatasetExamined>(&event))
        Q_EMIT examined(done->report);
    else if (const auto* refusal = std::get_if<DatasetRefused>(&event))
        Q_EMIT refused(QString::fromStdString(refusal->message));
}

void DatasetBridge::deliverComposition(const DatasetEvent& event) {
    if (const auto* progress = std::get_if<DatasetProgress>(&event)) {
        Q_EMIT compositionProgressed(static_cast<int>(progress->done), static_cast<int>(progress->total));
        return;
    }
    composing_ = 0;
    if (const auto* done = std::get_if<DemoSongsComposed>(&event))
        Q_EMIT composed(QString::fromStdString(done->folder));
    else if (const auto* refusal = std::get_if<DatasetRefused>(&event))
        Q_EMIT notComposed(QString::fromStdString(refusal->message));
}

} // namespace headroom::ui
