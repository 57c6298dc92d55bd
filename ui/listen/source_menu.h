#pragma once

#include "core/values/listening.h"
#include "ui/listen/listen_source.h"

#include <QMenu>

#include <functional>
#include <map>
#include <vector>

namespace headroom::ui {

class ListenBridge;

/// What a source can be: a checkpoint of the runs that are known, of any other run, a weights file, the true
/// stems, the mixture. GUI thread.
class SourceMenu : public QObject {
    Q_OBJECT

public:
    explicit SourceMenu(ListenBridge& bridge, QWidget* window) : bridge_(bridge), window_(window) {}

    /// Looks again at what checkpoints a run has. @param then called with them
    void look(const QString& runFolder, std::function<void(const CheckpointList&)> then = {});
    /// A menu that hands what is chosen to `choose`.
    void fill(QMenu& menu, std::function<void(const ListenSource&)> choose);

    /// A checkpoint as a source.
    static ListenSource checkpoint(const QString& runFolder, const CheckpointInfo& info);
    static ListenSource weights(const QString& file);

private:
    void chooseRun(const std::function<void(const ListenSource&)>& choose);

    ListenBridge& bridge_;
    QWidget* window_;
    std::map<QString, std::vector<CheckpointInfo>> runs_; ///< by folder
};

} // namespace headroom::ui
