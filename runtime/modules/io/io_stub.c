#include "runtime/module.h"
#include <unistd.h>
typedef struct { Object base; int fd; } F;
static Value w(NATIVE_ARGS){ Value h; ssize_t n; const char*p=str_utf8(ts,args[0],&n,&h); if(!p)return NULL; fwrite(p,1,n,((F*)self)->fd==2?stderr:stdout); xdecref(ts,h); return V_NONE; }
static Value fl(NATIVE_ARGS){ fflush(stdout); return V_NONE; }
static const MethodDef ms[]={{"write",w,1,1,0,0},{"flush",fl,0,0,0,0},{0}};
int io_open_standard_streams(ThreadState*ts);
int io_open_standard_streams(ThreadState*ts){
 static const TypeSpec spec={.name="_io.TextIOWrapper",.size=sizeof(F),.methods=ms};
 Type*t=type_from_spec(ts,&spec,NULL,K_OBJECT);
 const char*n[]={"stdin","stdout","stderr"};
 for(int i=0;i<3;i++){ Value f=object_new_instance(ts,t); ((F*)f)->fd=i; sys_set(ts,n[i],f);}
 return 0;}
