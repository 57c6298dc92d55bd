#pragma once

#include <QString>

/// How a run stands, in words. GUI thread.
namespace headroom::ui {

class RunModel;

/// In a few words: "Paused", "Interrupted at step 27", "Watching process 14328 on workshop".
QString runStateText(const RunModel& run);

/// In a sentence, what the user should know before anything is pressed: that a run was interrupted, and where
/// it would resume; who trains it; that its journal is being read. Empty: nothing.
QString runNoticeText(const RunModel& run);

} // namespace headroom::ui
