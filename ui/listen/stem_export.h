#pragma once

#include "core/session/separation_service.h"

#include <QWidget>

#include <cstdint>

class QLabel;
class QPushButton;

namespace headroom::ui {

class ListenBridge;
class ListenModel;
class ShareBar;

/// Writes the stems of the song that is open as files: button, progress with cancel, and what came of it.
/// Absent where the source that is heard is no model, or the song's mixture is no file. GUI thread.
class StemExport : public QWidget {
    Q_OBJECT

public:
    StemExport(ListenBridge& bridge, ListenModel& model, QWidget* parent = nullptr);

    void begin(const SeparationRequest& request);

Q_SIGNALS:
    void failed(const headroom::Error& error);

private:
    void refresh();
    void ask();
    void take(const SeparationEvent& event);
    void report(const SeparationSummary& summary);
    void forgetResult();

    ListenBridge& bridge_;
    ListenModel& model_;
    std::uint64_t work_ = 0; ///< number of the export under way; 0: none
    QPushButton* button_;
    ShareBar* bar_;
    QPushButton* cancel_;
    QLabel* result_;
    QPushButton* open_;
    QString folder_; ///< that the last export wrote to
};

} // namespace headroom::ui
