#include "ui/widgets/saved_notice.h"

#include "ui/accessibility/announcer.h"

#include <QDir>

#include <chrono>

namespace headroom::ui {

SavedNotice::SavedNotice(QWidget* parent) : ElidedLabel(parent) {
    using namespace std::chrono_literals;
    setProperty("second", true);
    shown_.setSingleShot(true);
    shown_.setInterval(20s);
    connect(&shown_, &QTimer::timeout, this, [this] { setText({}); });
}

void SavedNotice::tell(const QString& path, const QString& more) {
    setText((tr("Saved to %1.").arg(QDir::toNativeSeparators(path)) + QLatin1Char(' ') + more).trimmed());
    announce(*this, text());
    shown_.start();
}

} // namespace headroom::ui
