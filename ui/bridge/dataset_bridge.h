#pragma once

#include "core/session/dataset_service.h"
#include "ui/bridge/mailbox.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <memory>

namespace headroom::ui {

/// A dataset service for the GUI thread, which examines one data set at a time: what is said of another is
/// dropped. GUI thread.
class DatasetBridge : public QObject {
    Q_OBJECT

public:
    explicit DatasetBridge(std::unique_ptr<DatasetService> service);
    ~DatasetBridge() override;

    /// Ends what is being examined, and begins anew.
    void examine(const QString& root);
    void cancel();
    bool busy() const { return busy_; }

Q_SIGNALS:
    void progressed(int done, int total);
    void examined(const headroom::DatasetReport& report);
    void refused(const QString& message);
    /// busy() changed.
    void busyChanged(bool busy);

private:
    void deliver(const std::vector<DatasetEvent>& events);
    void setBusy(bool busy);

    std::uint64_t number_ = 0;
    bool busy_ = false;
    Mailbox<DatasetEvent> mailbox_;
    std::unique_ptr<DatasetService> service_; ///< goes before the mailbox that it posts to
};

} // namespace headroom::ui
