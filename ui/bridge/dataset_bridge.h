#pragma once

#include "core/session/dataset_service.h"
#include "ui/bridge/mailbox.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <memory>

namespace headroom::ui {

/// A dataset service for the GUI thread, which examines one data set at a time and composes one: what is said
/// of another is dropped. GUI thread.
class DatasetBridge : public QObject {
    Q_OBJECT

public:
    explicit DatasetBridge(std::unique_ptr<DatasetService> service);
    ~DatasetBridge() override;

    /// Ends what is being examined, and begins anew.
    void inspect(const QString& root);
    void cancel();
    bool busy() const { return inspecting_ != 0; }

    /// While none is being composed. Ends with composed() or notComposed().
    void composeDemoSongs(const QString& folder);
    bool composing() const { return composing_ != 0; }

Q_SIGNALS:
    void progressed(int done, int total);
    void inspected(const headroom::DatasetReport& report);
    void refused(const QString& message);
    /// busy() changed.
    void busyChanged(bool busy);

    void compositionProgressed(int done, int total);
    void composed(const QString& folder);
    void notComposed(const QString& message);

private:
    void deliver(const std::vector<DatasetEvent>& events);
    void deliverInspection(const DatasetEvent& event);
    void deliverComposition(const DatasetEvent& event);
    void setInspecting(std::uint64_t number);

    std::uint64_t number_ = 0;     ///< the last one given
    std::uint64_t inspecting_ = 0; ///< 0: nothing
    std::uint64_t composing_ = 0;  ///< 0: nothing
    Mailbox<DatasetEvent> mailbox_;
    std::unique_ptr<DatasetService> service_; ///< goes before the mailbox that it posts to
};

} // namespace headroom::ui
